import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { curlCommand } from '#proto/analysis/curl-command';
import type { KeyValue } from '#proto/model/any-value';

const texts = (values: Record<string, string>): KeyValue[] =>
  Object.entries(values).map(([key, stringValue]) => ({ key, value: { stringValue } }));

/** What a shell makes of a command: its words. */
const wordsOf = (command: string): string[] =>
  execFileSync('/bin/sh', ['-c', command.replace(/^curl/, 'printf "%s\\0"')], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

describe('curlCommand', () => {
  it('is the request of a client span, with the headers that were recorded', () => {
    const attributes: KeyValue[] = [
      ...texts({ 'http.request.method': 'POST', 'url.full': 'https://shop.example/orders?id=1&x=y', 'user_agent.original': 'httpx/0.28' }),
      { key: 'http.request.header.content-type', value: { arrayValue: { values: [{ stringValue: 'application/json' }] } } },
      { key: 'http.request.header.host', value: { arrayValue: { values: [{ stringValue: 'other' }] } } },
    ];
    expect(curlCommand(attributes)).toEqual({
      command: [
        "curl -X POST 'https://shop.example/orders?id=1&x=y' \\",
        "  -H 'content-type: application/json' \\",
        "  -H 'user-agent: httpx/0.28'",
      ].join('\n'),
      masked: expect.any(String),
      lacksBody: true,
    });
  });

  it('puts the address of a server span together', () => {
    const server = {
      'http.request.method': 'GET',
      'url.scheme': 'http',
      'server.address': 'api.local',
      'server.port': '8080',
      'url.path': '/cart',
      'url.query': 'a=[1]',
    };
    expect(curlCommand(texts(server))?.command).toBe("curl --globoff 'http://api.local:8080/cart?a=[1]'");
    expect(
      curlCommand(texts({ 'http.method': 'HEAD', 'http.scheme': 'https', 'http.host': 'a:8443', 'http.target': '/x?y=1' }))?.command,
    ).toBe("curl --head 'https://a:8443/x?y=1'");
    expect(curlCommand(texts({ ...server, 'server.address': '::1', 'server.port': '80', 'url.query': '' }))?.command).toBe(
      "curl --globoff 'http://[::1]/cart'",
    );
  });

  it('masks secrets in headers and in the address', () => {
    const { command = '', masked = '' } =
      curlCommand(
        texts({
          'http.request.method': 'GET',
          'url.full': 'https://me:hunter2hunter2@a.example/?api_key=s3cr3tvalue&q=1',
          'http.request.header.authorization': 'Bearer abc123def456',
          'http.request.header.x_api_key': 'topsecretvalue',
        }),
      ) ?? {};
    for (const secret of ['hunter2hunter2', 's3cr3tvalue', 'abc123def456', 'topsecretvalue']) {
      expect(command).toContain(secret);
      expect(masked).not.toContain(secret);
    }
    expect(masked).toContain('q=1');
  });

  it('is nothing for what is no HTTP request', () => {
    expect(curlCommand([])).toBeUndefined();
    expect(curlCommand(texts({ 'http.request.method': 'GET' }))).toBeUndefined();
    expect(curlCommand(texts({ 'http.request.method': 'GET; rm -rf ~', 'url.full': 'http://a/' }))).toBeUndefined();
    for (const url of ['file:///etc/passwd', '-o/etc/x', 'javascript:alert(1)', 'http://', 'gopher://a/', '/relative'])
      expect(curlCommand(texts({ 'http.request.method': 'GET', 'url.full': url }))).toBeUndefined();
  });

  it('is for a shell what was sent, word by word, whatever that was', () => {
    const hostile = [
      "'; touch /tmp/x; '",
      '$(id)',
      '`id`',
      '${HOME}',
      '"',
      '\\',
      "\\'",
      '!!',
      '*',
      '~',
      '&& id',
      '| id',
      '# x',
      '<x>',
      'a b',
    ];
    for (const text of hostile) {
      const attributes = texts({ 'http.request.method': 'GET', 'url.full': `http://a.example/${text}`, 'http.request.header.x-a': text });
      const words = wordsOf(curlCommand(attributes)?.command ?? '').filter((word) => word !== '--globoff');
      expect(words).toEqual([`http://a.example/${text.replaceAll(' ', '%20')}`, '-H', `x-a: ${text}`]);
    }
  });

  it('lets nothing in that cannot be seen, nor a second header', () => {
    const { command = '' } =
      curlCommand(
        texts({
          'http.request.method': 'GET',
          'url.full': 'http://a.example/\u202e\n\0x',
          'http.request.header.x-a': 'a\r\nx-b: c',
          'http.request.header.x-c\n': 'd',
        }),
      ) ?? {};
    expect(command).toBe("curl 'http://a.example/%E2%80%AE%0A%00x'");
  });
});
