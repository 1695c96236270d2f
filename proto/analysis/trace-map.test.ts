import { describe, expect, it } from 'vitest';
import { SpanKind } from '../model/span.ts';
import { drawTrace } from './draw-trace.fixture.ts';
import { type Peer, peerOf } from './peer.ts';
import { readTrace } from './trace.ts';
import { traceMap } from './trace-map.ts';

const kinds = new Map<string, number>([
  ['S', SpanKind.server],
  ['C', SpanKind.client],
  ['P', SpanKind.producer],
  ['R', SpanKind.consumer],
  ['I', SpanKind.internal],
]);

/** The edges of a drawn trace; a span's name begins with its kind, and what stands behind `@` is its peer: `C get@host:80`, `C query@postgresql/orders`, `P send@kafka!topic`. */
const edgesOf = (drawing: string): string[] => {
  const columns = drawTrace(drawing);
  const kind = Int32Array.from(columns.name, (name) => kinds.get(columns.strings[name]?.charAt(0) ?? '') ?? 0);
  const trace = readTrace({ ...columns, kind });
  const map = traceMap(trace, (span) => drawnPeer(trace.name.at(span)));
  return map.edges
    .map(({ from, to, kind: of, count, errorCount, unansweredCount, totalNs }) => {
      const marks = [errorCount > 0 ? ` errors=${errorCount}` : '', unansweredCount > 0 ? ` unanswered=${unansweredCount}` : ''].join('');
      return `${map.nodes[from]?.name} -> ${map.nodes[to]?.name} ${of} ${count} ${totalNs / 1e6}ms${marks}`;
    })
    .toSorted();
};

const drawnPeer = (name: string): Peer | undefined => {
  const [, database, queue, address] = /@(?:(\w+\/\w+)|(\w+!\w+)|(\S+))/.exec(name) ?? [];
  return peerOf((key) => {
    if (key === 'db.system.name') return database?.split('/')[0];
    if (key === 'db.namespace') return database?.split('/')[1];
    if (key === 'messaging.system') return queue?.split('!')[0];
    if (key === 'messaging.destination.name') return queue?.split('!')[1];
    return key === 'server.address' ? address : undefined;
  });
};

describe('traceMap', () => {
  it('follows calls from service to service, through the work inside of them', () =>
    expect(
      edgesOf(`
        web S-GET 0-100
          web I-render 5-95
            web C-get 10-90
              api S-GET 20-80
                api I-load 30-70
      `),
    ).toEqual(['web -> api call 1 80ms']));

  it('counts a call once, however many instrumentations saw it', () =>
    expect(
      edgesOf(`
        web S-GET 0-100
          web C-sdk@api:80 10-90
            web C-http@api:80 12-88
              api S-express 20-80
                api S-router 22-78
      `),
    ).toEqual(['web -> api call 1 76ms']));

  it('counts each try of a call, also those that nobody answered', () =>
    expect(
      edgesOf(`
        web S-GET 0-100
          web C-try@api:80 0-10 error
          web C-try@api:80 20-30 error
          web C-try@api:80 40-90
            api S-GET 50-80
      `),
    ).toEqual(['web -> api call 3 70ms errors=2 unanswered=2']));

  it('does not guess which service is behind an address at which several answer', () =>
    expect(
      edgesOf(`
        web S-GET 0-100
          web C-a@gateway:80 0-10
            api S-a 1-9
          web C-b@gateway:80 20-30
            shop S-b 21-29
          web C-c@gateway:80 40-50 error
      `),
    ).toEqual(['web -> api call 1 10ms', 'web -> gateway:80 call 1 10ms errors=1', 'web -> shop call 1 10ms']));

  it('has a service call itself where it does so over the network, not where it works in itself', () =>
    expect(
      edgesOf(`
        api S-GET 0-100
          api S-handler 1-99
            api C-get 10-90
              api S-GET 20-80
      `),
    ).toEqual(['api -> api call 1 80ms']));

  it('counts the waiting of a caller once for several answers', () =>
    expect(
      edgesOf(`
        web C-get 0-100
          api S-redirect 10-20
          api S-target 30-90
      `),
    ).toEqual(['web -> api call 2 100ms']));

  it('takes what was answered for the time where the caller has no span of its own', () =>
    expect(
      edgesOf(`
        web S-GET 0-100
          api S-GET 20-80 error
      `),
    ).toEqual(['web -> api call 1 60ms errors=1']));

  it('names databases, queues and others that send no spans', () =>
    expect(
      edgesOf(`
        api S-GET 0-100
          api C-query@postgresql/orders 0-10
            api I-connect 1-2
          api C-query@postgresql/orders 10-30 error
          api C-query@redis/0 30-31
          api P-send@kafka!mails 40-50
          api C-post@bank.example:443 50-90
            api C-connect@10.0.0.1 51-60
          api C-nobody 95-96
      `),
    ).toEqual([
      'api -> bank.example:443 call 1 40ms',
      'api -> mails messaging 1 10ms',
      'api -> orders database 2 30ms errors=1',
      'api -> redis 0 database 1 1ms',
    ]));

  it('sends messages to those that read them, through the queue where they are not in one tree', () => {
    expect(
      edgesOf(`
        api P-send@kafka!mails 0-10
          mailer R-read@kafka!mails 20-50
      `),
    ).toEqual(['api -> mailer messaging 1 10ms']);
    expect(
      edgesOf(`
        api P-send@kafka!mails 0-10
        mailer R-receive@kafka!mails 20-50
          mailer R-process@kafka!mails 25-45
      `),
    ).toEqual(['api -> mails messaging 1 10ms', 'mails -> mailer messaging 1 30ms']);
  });

  it('counts spans that end before they start as no time', () =>
    expect(edgesOf('api C-get@host 10-5')).toEqual(['api -> host call 1 0ms']));

  it('says of each span which edge it stands for', () => {
    const columns = drawTrace(`
      web C-get 0-100
        api S-GET 20-80
          api I-work 30-40
    `);
    const trace = readTrace(columns);
    expect([...traceMap(trace, () => undefined).edgeOf]).toEqual([-1, 0, -1]);
  });
});

describe('peerOf', () => {
  const peer = (attributes: Record<string, string>): Peer | undefined => peerOf((key) => attributes[key]);

  it('reads the host of an address where that is all there is', () => {
    expect(peer({ 'url.full': 'https://user:secret@shop.example:8443/cart?x=1' })?.name).toBe('shop.example:8443');
    expect(peer({ 'url.full': '/cart' })).toBeUndefined();
  });
  it('prefers the name of the service to its address', () =>
    expect(peer({ 'service.peer.name': 'bank', 'server.address': '10.0.0.7', 'server.port': '80' })).toEqual({
      kind: 'external',
      name: 'bank',
      system: '',
    }));
  it('tells a database by its namespace', () =>
    expect(peer({ 'db.system.name': 'mysql', 'db.namespace': 'shop', 'server.address': 'db' })).toEqual({
      kind: 'database',
      name: 'shop',
      system: 'mysql',
    }));
});
