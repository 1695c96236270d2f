import { sendSpans } from '../fixtures/two-spans.ts';
import { shellOf } from '../hosts/shell-of.ts';
import { expect, test } from '../hosts/shared-host-test.ts';

/** What only the desktop shell does, looked at from outside the page: the stand-in alone allows that (`playwright.config.ts`). */

test.describe('the window', () => {
  test('shows the page over its own scheme, sandboxed and isolated', async ({ host, page }) => {
    await expect(page).toHaveURL(host.address('/traces'));
    const { webPreferences, visible } = await shellOf(host).call('window');
    expect(visible).toBe(true);
    expect(webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
    expect(Object.keys(webPreferences).toSorted()).toEqual(['contextIsolation', 'devTools', 'nodeIntegration', 'preload', 'sandbox']);
  });

  test('reaches the engine over a MessagePort', async ({ page }) => {
    const answered = await page.evaluate(async () => {
      const { sidelight } = window as unknown as { sidelight: { connect(): void } };
      const port = new Promise<MessagePort>((resolve) => {
        addEventListener('message', ({ data, ports: [first] }: MessageEvent<{ type?: string }>) => {
          if (data.type === 'sidelight:port' && first !== undefined) resolve(first);
        });
      });
      sidelight.connect();
      const line = await port;
      const answer = new Promise<unknown>((resolve) => line.addEventListener('message', ({ data }) => resolve(data)));
      line.start();
      line.postMessage(JSON.stringify({ i: '1', p: { u: 'orpc://localhost/services', b: {} } }));
      return String(await answer);
    });
    expect(JSON.parse(answered)).toMatchObject({ i: '1', p: { b: { json: { items: expect.any(Array) } } } });
  });

  test('gives the page two narrow functions and nothing of Node', async ({ page }) => {
    const seen = await page.evaluate(() => {
      const global = window as unknown as Record<string, unknown>;
      const bridge = global['sidelight'] as Record<string, unknown>;
      return {
        bridge: Object.entries(bridge).map(([name, value]) => `${name}: ${typeof value}`),
        frozen: Object.isFrozen(bridge),
        node: ['require', 'process', 'Buffer', 'module', 'global', 'ipcRenderer', 'electron'].filter((name) => name in global),
      };
    });
    expect(seen).toEqual({ bridge: ['connect: function', 'openSource: function'], frozen: true, node: [] });
  });

  test('closes a line that speaks no sense, and lives on', async ({ host, page }) => {
    const closed = await page.evaluate(async () => {
      const port = new Promise<MessagePort>((resolve) => {
        addEventListener('message', ({ ports: [first] }: MessageEvent) => first !== undefined && resolve(first));
      });
      (window as unknown as { sidelight: { connect(): void } }).sidelight.connect();
      const line = await port;
      const close = new Promise<string>((resolve) => line.addEventListener('close', () => resolve('closed')));
      line.start();
      line.postMessage('\0 not a message');
      return close;
    });
    expect(closed).toBe('closed');
    await sendSpans(host);
  });

  test('alone gets a line: other origins and frames are turned away', async ({ host }) => {
    const shell = shellOf(host);
    const channel = 'bridge:connect';
    for (const origin of ['https://example.com', 'null', 'file://', 'app://sidelight.evil', 'http://localhost:4316']) {
      expect(await shell.call('offerPort', { channel, origin, nested: false }), origin).toBe(true);
    }
    expect(await shell.call('offerPort', { channel, origin: 'app://sidelight', nested: true })).toBe(true);
    expect(await shell.call('offerPort', { channel, origin: 'app://sidelight', nested: false })).toBe(false);
  });
});

test.describe('nothing leads out of the window', () => {
  const escapes = [
    ['a script', () => void (location.href = 'https://example.com/')],
    ['a host that begins like ours', () => void (location.href = 'https://sidelight.app.test.example.com/')],
    [
      'a form',
      () => {
        const form = document.body.appendChild(document.createElement('form'));
        form.action = 'https://example.com/';
        form.submit();
      },
    ],
    [
      'a link',
      () => {
        const link = document.body.appendChild(document.createElement('a'));
        link.href = 'https://example.com/';
        link.click();
      },
    ],
    [
      'a meta refresh',
      () => {
        const meta = document.head.appendChild(document.createElement('meta'));
        meta.httpEquiv = 'refresh';
        meta.content = '0; url=https://example.com/';
      },
    ],
  ] as const;

  test('neither a script, a form, a link nor a refresh navigates it', async ({ host, page }) => {
    for (const [how, escape] of escapes) {
      await page.evaluate(escape);
      // A later task of the page runs only if the document is still there.
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
      expect(new URL(page.url()).origin, how).toBe(new URL(host.address('/')).origin);
      expect(await shellOf(host).call('recorded'), how).toMatchObject({ opened: [] });
    }
  });

  test('no other program is started by a link', async ({ host, page }) => {
    const windows = page.context().pages().length;
    for (const address of ['about:blank', 'https://user@evil.example/', 'http://localhost\u0000.example/']) {
      await page.evaluate((url) => void window.open(url), address).catch(() => undefined);
    }
    await expect.poll(() => page.context().pages().length).toBe(windows);
    expect(await shellOf(host).call('recorded')).toMatchObject({ opened: [] });
  });

  test('no frame and no foreign request gets through', async ({ page }) => {
    const foreign: string[] = [];
    page.on('response', (response) => {
      if (!response.url().startsWith(new URL(page.url()).origin)) foreign.push(response.url());
    });
    const outcome = await page.evaluate(async () => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      frame.src = 'https://example.com/';
      return fetch('https://example.com/').then(
        () => 'answered',
        () => 'refused',
      );
    });
    expect(outcome).toBe('refused');
    expect(foreign).toEqual([]);
  });

  test('every permission is denied but writing to the clipboard, and that to the page alone', async ({ host }) => {
    const shell = shellOf(host);
    const none = { request: false, check: false, device: false };
    for (const permission of [
      'geolocation',
      'notifications',
      'media',
      'clipboard-read',
      'midi',
      'hid',
      'serial',
      'usb',
      'openExternal',
      'display-capture',
      'fullscreen',
      'unknown',
    ]) {
      expect(await shell.call('askPermission', { permission, origin: 'app://sidelight' }), permission).toEqual(none);
    }
    const permission = 'clipboard-sanitized-write';
    expect(await shell.call('askPermission', { permission, origin: 'app://sidelight' })).toEqual({
      request: true,
      check: true,
      device: false,
    });
    expect(await shell.call('askPermission', { permission, origin: 'https://example.com' })).toEqual(none);
  });

  test('inline script and eval violate the policy', async ({ page }) => {
    const outcome = await page.evaluate(async () => {
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violations.push(effectiveDirective));
      const script = document.createElement('script');
      const trusted = (() => {
        try {
          script.textContent = 'window.wasRun = true';
          return true;
        } catch {
          return false;
        }
      })();
      document.body.append(script);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { trusted, violated: violations.length > 0, ran: 'wasRun' in window };
    });
    expect(outcome).toEqual({ trusted: false, violated: true, ran: false });
  });
});

test.describe('app://', () => {
  test('serves the page with its content security policy', async ({ host, page }) => {
    const response = await page.goto(host.address('/logs'));
    expect(response?.status()).toBe(200);
    const policy = response?.headers()['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toContain('unsafe');
  });

  test('gives out nothing but the built page', async ({ host }) => {
    const shell = shellOf(host);
    for (const address of [
      'app://sidelight/../../etc/passwd',
      'app://sidelight/../package.json',
      'app://sidelight/%2e%2e/%2e%2e/package.json',
      'app://sidelight/..%2f..%2fpackage.json',
      'app://sidelight/%252e%252e%252fpackage.json',
      'app://sidelight/..\\..\\package.json',
      'app://sidelight/..%5c..%5cpackage.json',
      'app://sidelight/index.html%00.js',
      'app://sidelight//etc/passwd',
      'app://sidelight/%2fetc/passwd',
      'app://sidelight/assets/none.js',
      'app://sidelight/assets',
      'app://evil/index.html',
      'app://sidelight.evil/index.html',
    ]) {
      expect((await shell.call('request', address)).status, address).toBe(404);
    }
    expect(await shell.call('request', 'app://sidelight/index.html')).toMatchObject({
      status: 200,
      body: expect.stringContaining('id="root"'),
    });
  });
});

test.describe('menu and tray', () => {
  test('the menu leads to each view', async ({ host, page }) => {
    const shell = shellOf(host);
    for (const [item, view] of [
      ['go-logs', '/logs'],
      ['go-setup', '/setup'],
      ['go-traces', '/traces'],
    ] as const) {
      await shell.call('clickMenu', item);
      await expect(page).toHaveURL(host.address(view));
    }
  });

  test('the menu opens the same app in the browser, and copies the endpoint', async ({ host }) => {
    const shell = shellOf(host);
    await shell.call('clickMenu', 'open-in-browser');
    const [opened = ''] = (await shell.call('recorded')).opened;
    expect((await fetch(opened, { redirect: 'manual' })).status).toBe(303);
    await shell.call('clickMenu', 'copy-endpoint');
    await expect.poll(async () => (await shell.call('recorded')).copied).toBe(host.grpcUrl);
  });
});
