import { describe, expect, it } from 'vitest';
import { isContainerHost, isLoopbackHost, isLoopbackOrigin } from './loopback-names.ts';

describe('B2 Host', () => {
  it.each([
    'localhost',
    'localhost:4318',
    'LOCALHOST:1',
    'app.localhost:4318',
    'a.b_c.localhost',
    '127.0.0.1',
    '127.1.2.3:4318',
    '[::1]',
    '[::1]:4318',
  ])('%s is this machine', (host) => expect(isLoopbackHost(host)).toBe(true));

  it.each([
    undefined,
    '',
    'evil.test:4318',
    'localhost.evil.test',
    'evil-localhost',
    '127.0.0.1.nip.io',
    '127.0.0.1.evil.test:4318',
    '128.0.0.1',
    '0.0.0.0',
    '192.168.1.2:4318',
    '[::]:4318',
    '::1',
    '[::1].evil.test',
    'localhost:4318@evil.test',
    'localhost:4318 evil.test',
    'localhost:x',
    'localhost,evil.test',
    'localhost\nevil.test',
    '.localhost',
  ])('%s is not', (host) => expect(isLoopbackHost(host)).toBe(false));
});

describe('Host from a container', () => {
  it.each(['host.docker.internal:4318', 'host.containers.internal', 'HOST.lima.internal:1', 'host.orb.internal'])(
    '%s is this machine',
    (host) => expect(isContainerHost(host)).toBe(true),
  );

  it.each([undefined, '', 'docker.internal', 'evil.host.docker.internal', 'host.docker.internal.evil.test', 'host-docker.internal'])(
    '%s is not',
    (host) => expect(isContainerHost(host)).toBe(false),
  );
});

describe('1H Origin', () => {
  it.each(['http://localhost:3000', 'https://localhost', 'http://127.0.0.1:5173', 'http://[::1]:8080', 'http://app.localhost'])(
    '%s is a page of this machine',
    (origin) => expect(isLoopbackOrigin(origin)).toBe(true),
  );

  it.each([
    'null',
    '',
    'http://evil.test',
    'http://localhost.evil.test',
    'https://127.0.0.1.nip.io',
    'file://',
    'localhost',
    'http://localhost/x',
    'ws://localhost',
  ])('%s is not', (origin) => expect(isLoopbackOrigin(origin)).toBe(false));
});
