import { describe, expect, it } from 'vitest';
import { isSecretKey, maskAttribute, masked, maskSecrets } from './mask-secrets.ts';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';
const m = masked;

/** Put together here, so that no scanner takes this file for a leak. */
const aws = ['AKIA', 'IOSFODNN7EXAMPLE'].join('');
const github = `ghp_${'aB3'.repeat(12)}`;
const stripe = `sk_live_${'aB3'.repeat(8)}`;

const hits: readonly [text: string, shown: string][] = [
  ['Authorization: Bearer abc.def', `Authorization: Bearer ${m}`],
  ['authorization=Basic dXNlcjpwYXNz', `authorization=Basic ${m}`],
  ['{"Authorization":"Digest username=a, response=b"}', `{"Authorization":"Digest ${m}"}`],
  ['Proxy-Authorization: Weird a b c\nHost: x', `Proxy-Authorization: ${m}\nHost: x`],
  ['Cookie: sid=1; theme=dark\nHost: x', `Cookie: ${m}\nHost: x`],
  ['set-cookie: sid=abc; HttpOnly', `set-cookie: ${m}`],
  ['sent bearer s3cr3t-t0ken to x', `sent bearer ${m} to x`],
  ['Basic dXNlcjpwYXNz', `Basic ${m}`],
  [`got ${jwt}, expired`, `got ${m}, expired`],
  [`key ${aws} denied`, `key ${m} denied`],
  [`push with ${github}`, `push with ${m}`],
  [`charge: ${stripe}`, `charge: ${m}`],
  ['postgres://app:hunter2@db:5432/shop', `postgres://app:${m}@db:5432/shop`],
  ['redis://:p@ss@cache/0', `redis://:${m}@cache/0`],
  ['https://0123456789abcdef0123@github.com/x', `https://${m}@github.com/x`],
  ['Server=db;User Id=sa;Password=pa$$word!;Encrypt=true', `Server=db;User Id=sa;Password=${m};Encrypt=true`],
  ['host=db password=hunter2 user=app', `host=db password=${m} user=app`],
  ['AccountName=x;AccountKey=abc123==;EndpointSuffix=y', `AccountName=x;AccountKey=${m};EndpointSuffix=y`],
  ['GET /cart?api_key=abc&page=2', `GET /cart?api_key=${m}&page=2`],
  ['https://x.blob/y?sv=1&sig=abc%3D&se=2', `https://x.blob/y?sv=1&sig=${m}&se=2`],
  ['X-Amz-Signature=0123abc&X-Amz-Date=1', `X-Amz-Signature=${m}&X-Amz-Date=1`],
  ['{"user":"a","password":"p \\u00e4 w","x":1}', `{"user":"a","password":${m},"x":1}`],
  ["{'client_secret': 'abc def'}", `{'client_secret': ${m}}`],
  ['x-api-key: 1234', `x-api-key: ${m}`],
  ['AWS_SECRET_ACCESS_KEY=abc/def+ghi', `AWS_SECRET_ACCESS_KEY=${m}`],
  ['curl -u admin:hunter2 http://x', `curl -u admin:${m} http://x`],
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc=\n-----END RSA PRIVATE KEY-----\nnext', `-----BEGIN RSA PRIVATE KEY----- ${m}\nnext`],
  ['-----BEGIN PRIVATE KEY-----\nMIIE cut off', `-----BEGIN PRIVATE KEY----- ${m}`],
];

const harmless = [
  '',
  'GET /cart?page=2',
  'SELECT * FROM secret_agents WHERE token_type = 1',
  'Basic authentication failed',
  'the bearer of this letter',
  'https://example.com:8080/path@version',
  'https://user@example.com/',
  'mailto:a@b.example',
  'gen_ai.usage.input_tokens=1234, max_tokens: 100',
  'token_count=5 tokenizer=cl100k',
  'Invalid password for user bob',
  'ConnectError: connection refused (10.0.0.1:5432)',
  '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
  '4bf92f3577b34da6a3ce929d0e0e4736',
  'eyJ is how a token begins',
  'design=flat&signal=9',
  'at Object.<anonymous> (/app/src/token.ts:12:5)',
];

describe('maskSecrets', () => {
  it.each(hits)('masks %j', (text, shown) => expect(maskSecrets(text)).toBe(shown));
  it.each(hits)('leaves %j alone once it is masked', (_, shown) => expect(maskSecrets(shown)).toBe(shown));
  it.each(harmless)('leaves %j as it is', (text) => expect(maskSecrets(text)).toBe(text));

  it('takes hostile text in its stride', () => {
    for (const piece of ['password', 'token.', 'a://', 'eyJa.', '-----BEGIN PRIVATE KEY-----', 'cookie: ', 'a:', '"', 'basic ', 'x-']) {
      expect(maskSecrets(piece.repeat(20_000)).length).toBeGreaterThan(0);
    }
  });
});

describe('maskAttribute', () => {
  it.each([
    'http.request.header.authorization',
    'http.request.header.x-api-key',
    'http.response.header.set-cookie',
    'db.password',
    'clientSecret',
    'apiKey',
    'aws.access_key_id',
    'session.token',
  ])('masks %s whole', (key) => expect(maskAttribute(key, 'x')).toBe(masked));

  it.each([
    'http.request.method',
    'gen_ai.usage.input_tokens',
    'llm.token_count',
    'gen_ai.token.type',
    'session.id',
    'db.query.text',
    'k8s.secret.name',
  ])('looks into %s', (key) => {
    expect(isSecretKey(key)).toBe(false);
    expect(maskAttribute(key, 'amqp://b:c@d')).toBe(`amqp://b:${masked}@d`);
  });
});
