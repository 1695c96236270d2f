import { describe, expect, it } from 'vitest';
import { parseStackTrace, stackRuns } from './stack-trace.ts';

const python = `Traceback (most recent call last):
  File "/app/.venv/lib/python3.12/site-packages/starlette/routing.py", line 73, in app
    response = await f(request)
               ^^^^^^^^^^^^^^^^
  File "/app/main.py", line 42, in charge
    return billing.charge(order)
           ^^^^^^^^^^^^^^^^^^^^^
  File "/app/billing.py", line 7, in charge
    client.post(url)
  File "<frozen importlib._bootstrap>", line 1387, in _gcd_import
httpx.ConnectError: All connection attempts failed
`;

const node = `Error: connect ECONNREFUSED 127.0.0.1:5001
    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)
    at Pool.connect (/app/node_modules/pg-pool/index.js:45:11)
    at async charge (file:///app/src/billing.ts:12:5)
    at /app/src/server.ts:80:3
    at new Promise (<anonymous>)`;

const java = `java.lang.IllegalStateException: no stock
\tat java.base/java.util.Optional.orElseThrow(Optional.java:403)
\tat shop.Billing.charge(Billing.java:12)
\tat app//shop.Api.<init>(Api.java:5)
\tat jdk.internal.reflect.GeneratedMethodAccessor1.invoke(Unknown Source)
Caused by: shop.OutOfStock: 0 left
\tat shop.Stock.take(Stock.java:8)
\t... 23 more`;

const dotnet = `System.InvalidOperationException: no stock
   at System.Linq.ThrowHelper.ThrowNoElementsException()
   at Shop.Billing.Charge(Order order, Int32 count) in /app/Billing.cs:line 12`;

const go = `goroutine 1 [running]:
main.charge(0x2a)
\t/app/billing.go:12 +0x1d
net/http.HandlerFunc.ServeHTTP(0x1)
\t/usr/local/go/src/net/http/server.go:2136 +0x29`;

describe('parseStackTrace', () => {
  it('finds the innermost own frame of a Python trace, with its source', () => {
    expect(parseStackTrace(python).origin).toEqual({
      frame: { function: 'charge', file: '/app/billing.py', line: '7', library: false },
      source: 'client.post(url)',
    });
  });

  it('gives source lines to their frame, and the message to none', () => {
    const { lines } = parseStackTrace(python);
    expect(lines.map((line) => line.frame?.library)).toEqual([
      undefined,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
      true,
      undefined,
    ]);
  });

  it('reads Node frames', () => {
    const { lines, origin } = parseStackTrace(node);
    expect(lines.map((line) => line.frame?.library)).toEqual([undefined, true, true, false, false, undefined]);
    expect(origin?.frame).toEqual({ function: 'async charge', file: '/app/src/billing.ts', line: '12', column: '5', library: false });
    expect(lines[4]?.frame).toEqual({ function: '', file: '/app/src/server.ts', line: '80', column: '3', library: false });
  });

  it('reads frames of other browsers', () => {
    expect(parseStackTrace('charge@http://localhost:5173/src/billing.ts:12:5').origin?.frame).toMatchObject({
      function: 'charge',
      file: 'http://localhost:5173/src/billing.ts',
      line: '12',
    });
  });

  it('reads Java frames with modules, constructors and causes', () => {
    const { lines, origin } = parseStackTrace(java);
    expect(lines.map((line) => line.frame?.library)).toEqual([undefined, true, false, false, true, undefined, false, undefined]);
    expect(origin?.frame).toEqual({ function: 'shop.Billing.charge', file: 'Billing.java', line: '12', library: false });
    expect(lines[3]?.frame?.function).toBe('shop.Api.<init>');
  });

  it('reads .NET, Go and Ruby frames', () => {
    expect(parseStackTrace(dotnet).origin?.frame).toMatchObject({ file: '/app/Billing.cs', line: '12' });
    expect(parseStackTrace(go).origin?.frame).toEqual({ function: 'main.charge', file: '/app/billing.go', line: '12', library: false });
    expect(parseStackTrace(go).lines[4]?.frame?.library).toBe(true);
    expect(parseStackTrace("main.rb:3:in 'charge': no stock (RuntimeError)\n\tfrom /app/api.rb:9:in 'call'").lines[1]?.frame).toMatchObject(
      {
        function: 'call',
        file: '/app/api.rb',
        line: '9',
      },
    );
  });

  it('reads Rust frames, also those of crates and of the standard library', () => {
    const { lines, origin } = parseStackTrace(`   0: std::panicking::begin_panic
             at /rustc/90b35a/library/std/src/panicking.rs:12:5
   1: serde_json::de::from_str
             at /home/me/.cargo/registry/src/index/serde_json-1.0/src/de.rs:2:1
   2: shop::billing::charge
             at /home/me/shop/src/billing.rs:12:9`);
    expect(lines.map((line) => line.frame?.library)).toEqual([undefined, true, undefined, true, undefined, false]);
    expect(origin?.frame).toEqual({
      function: 'shop::billing::charge',
      file: '/home/me/shop/src/billing.rs',
      line: '12',
      column: '9',
      library: false,
    });
  });

  it('reads PHP frames, and gems and packages of any language as libraries', () => {
    const { lines, origin } = parseStackTrace(
      'Exception: no stock\n#0 /app/vendor/guzzle/src/Client.php(9): Client->send()\n#1 /app/src/Billing.php(12): Shop\\Billing->charge()\n#2 {main}',
    );
    expect(lines.map((line) => line.frame?.library)).toEqual([undefined, true, false, undefined]);
    expect(origin?.frame).toMatchObject({ function: 'Shop\\Billing->charge', file: '/app/src/Billing.php', line: '12' });
    expect(parseStackTrace("\tfrom /usr/lib/ruby/gems/3.4/rack.rb:9:in 'call'").lines[0]?.frame?.library).toBe(true);
  });

  it('keeps text that is no stack trace, and says nothing about it', () => {
    expect(parseStackTrace('it broke\n\n  here')).toEqual({ lines: [{ text: 'it broke' }, { text: '' }, { text: '  here' }] });
    expect(parseStackTrace('').lines).toEqual([{ text: '' }]);
  });

  it('has no origin where every frame is a library’s', () => {
    expect(parseStackTrace('E\n    at x (node:net:1:1)').origin).toBeUndefined();
  });

  it('survives hostile lines', () => {
    const lines = [
      `at ${'a '.repeat(400)}(`,
      `  File "${'x'.repeat(900)}`,
      '('.repeat(900),
      `at ${'a.'.repeat(500_000)}`,
      `${'@:'.repeat(400)}1`,
    ];
    expect(parseStackTrace(lines.join('\n')).lines.map((line) => line.text)).toEqual(lines);
  });
});

describe('stackRuns', () => {
  it('folds neighbouring library lines and counts their frames', () => {
    const runs = stackRuns(parseStackTrace(python).lines);
    expect(runs.map((run) => [run.library, run.lines.length, run.frameCount])).toEqual([
      [false, 1, 0],
      [true, 3, 1],
      [false, 5, 2],
      [true, 1, 1],
      [false, 1, 0],
    ]);
  });
});
