import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readRunningFile } from '#main/base/running-file';
import { plainEnv, runningSidelight, sidelight, temporaryFolder, type CommandOptions } from '#main/sidelight.fixture';

/** `sidelight run` with real programs, and what then is in Sidelight. */

const execProgram = promisify(execFile);

let running: Awaited<ReturnType<typeof runningSidelight>>;
beforeAll(async () => void (running = await runningSidelight()));
afterAll(() => running.stop());

function project(): string {
  const { folder, remove } = temporaryFolder('project');
  onTestFinished(remove);
  const named = path.join(folder, 'shop');
  mkdirSync(named);
  return named;
}

function run(command: readonly string[], options: CommandOptions & { flags?: string[] } = {}) {
  return sidelight(['run', '--data-dir', running.dataDirectory, ...(options.flags ?? []), '--', ...command], options);
}

const printEnv = `console.log(JSON.stringify(process.env))`;

async function envOf(env: NodeJS.ProcessEnv, flags: string[] = []): Promise<NodeJS.ProcessEnv> {
  const { stdout } = await run([process.execPath, '-e', printEnv], { cwd: project(), env: { ...plainEnv(), ...env }, flags });
  return JSON.parse(stdout) as NodeJS.ProcessEnv;
}

/** Log records of a run, oldest first. */
async function logsOf(stderr: string) {
  const [, query = ''] = /\?q=(\S+)/.exec(stderr) ?? [];
  const { items } = await running.ask(`/logs?order=oldest&query=${query}`);
  return items;
}

describe('the environment', () => {
  it('points every SDK here, soon, under the name of the folder', async () => {
    const env = await envOf({});
    expect(env).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: running.addresses.httpUrl,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTLP_ENDPOINT: running.addresses.grpcUrl,
      OTEL_LOGS_EXPORTER: 'otlp',
      OTEL_BSP_SCHEDULE_DELAY: '500',
      OTEL_BLRP_SCHEDULE_DELAY: '500',
      OTEL_SERVICE_NAME: 'shop',
      OTEL_RESOURCE_ATTRIBUTES: expect.stringMatching(/^sidelight\.run\.id=[0-9a-f]{12}$/),
    });
    expect(env['FORCE_COLOR']).toBeUndefined();
  });

  it("leaves the user's own variables alone, and an empty one is none", async () => {
    const own = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_SERVICE_NAME: 'mine',
      OTEL_BSP_SCHEDULE_DELAY: '9',
      OTEL_RESOURCE_ATTRIBUTES: 'team=a%2Cb,deployment.environment.name=dev',
    };
    const env = await envOf({ ...own, OTEL_LOGS_EXPORTER: '' });
    expect(env).toMatchObject({
      ...own,
      OTEL_LOGS_EXPORTER: 'otlp',
      OTEL_RESOURCE_ATTRIBUTES: expect.stringMatching(/^team=a%2Cb,deployment\.environment\.name=dev,sidelight\.run\.id=[0-9a-f]{12}$/),
    });
  });

  it('takes the service from --name first, and from the resource attributes before the folder', async () => {
    expect(await envOf({ OTEL_SERVICE_NAME: 'mine' }, ['--name', 'asked'])).toMatchObject({ OTEL_SERVICE_NAME: 'asked' });
    expect(await envOf({ OTEL_RESOURCE_ATTRIBUTES: 'service.name=from%20attributes' })).toMatchObject({
      OTEL_SERVICE_NAME: 'from attributes',
    });
  });

  it("keeps a run id of the user's, and goes to the gRPC port for who wants gRPC", async () => {
    expect(await envOf({ OTEL_RESOURCE_ATTRIBUTES: 'sidelight.run.id=7', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })).toMatchObject({
      OTEL_RESOURCE_ATTRIBUTES: 'sidelight.run.id=7',
      OTEL_EXPORTER_OTLP_ENDPOINT: running.addresses.grpcUrl,
    });
  });
});

describe('what it prints', () => {
  it('comes through unchanged, and is there as logs of the service with its severity, in order', async () => {
    const script = `printf 'plain\\n\\033[31mERROR red\\033[0m\\n\\n'; printf 'warning: w\\nno level' >&2`;
    const { code, stdout, stderr } = await run(['sh', '-c', script], { cwd: project() });
    expect(code).toBe(0);
    expect(stdout).toBe('plain\n\u001b[31mERROR red\u001b[0m\n\n');
    expect(stderr).toContain('warning: w\nno level');
    expect(stderr).toContain('0 traces, 0 errors, 4 console lines: ');
    const logs = await logsOf(stderr);
    const seen = logs.map((log: { body: unknown; severityNumber: number; attributes: unknown[] }) => [
      log.body,
      log.severityNumber,
      log.attributes[0],
    ]);
    const from = (stringValue: string) => ({ key: 'log.iostream', value: { stringValue } });
    expect(seen).toHaveLength(4);
    expect(seen).toEqual(
      expect.arrayContaining([
        [{ stringValue: 'plain' }, 0, from('stdout')],
        [{ stringValue: 'ERROR red' }, 17, from('stdout')],
        [{ stringValue: 'warning: w' }, 13, from('stderr')],
        [{ stringValue: 'no level' }, 0, from('stderr')],
      ]),
    );
    expect(logs[0]).toMatchObject({ serviceName: 'shop', scope: { name: 'sidelight.console' } });
  });

  it('joins the trace that a JSON logger names', async () => {
    const line = JSON.stringify({
      level: 'error',
      msg: 'card declined',
      trace_id: '0af7651916cd43dd8448eb211c80319c',
      span_id: 'b7ad6b7169203331',
      amount: 12,
    });
    const { stderr } = await run(['echo', line], { cwd: project() });
    const [log] = await logsOf(stderr);
    expect(log).toMatchObject({
      body: { stringValue: 'card declined' },
      severityNumber: 17,
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
    });
    expect(log.attributes).toContainEqual({ key: 'amount', value: { intValue: '12' } });
  });

  it('never holds a program up: what comes faster than it is taken is dropped, and said', async () => {
    const script = `const line = 'x'.repeat(1000) + '\\n'; for (let i = 0; i < 60; i++) require('fs').writeSync(1, line.repeat(1000));`;
    const { code, stdout, stderr } = await run([process.execPath, '-e', script], { cwd: project() });
    expect(code).toBe(0);
    expect(stdout).toHaveLength(60_000 * 1001);
    const [, sent = '', dropped = '0'] = /(\d+) console lines(?:, (\d+) console lines not kept)?/.exec(stderr) ?? [];
    expect(Number(sent) + Number(dropped)).toBe(60_000);
  });

  it('cuts a line that is too long for a record', async () => {
    const { stdout, stderr } = await run([process.execPath, '-e', `console.log('y'.repeat(100000))`], { cwd: project() });
    expect(stdout).toHaveLength(100_001);
    const [log] = await logsOf(stderr);
    expect(log.body.stringValue).toHaveLength(32 * 1024);
    expect(log.attributes).toContainEqual({ key: 'sidelight.line.cut', value: { boolValue: true } });
  });
});

describe('its end', () => {
  it("is the program's exit code", async () => {
    expect(await run(['sh', '-c', 'exit 42'])).toMatchObject({ code: 42 });
  });

  it('is 128 and the number of the signal that ended the program', async () => {
    expect(await run(['sh', '-c', 'kill -KILL $$'])).toMatchObject({ code: 137 });
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('comes to the program as %s', async (signal) => {
    const script = `process.on('${signal}', () => { console.log('got it'); process.exit(7); }); setInterval(() => {}, 1000); console.log('ready')`;
    let told = false;
    const { code, stdout } = await run([process.execPath, '-e', script], {
      onOutput(output, kill) {
        if (!told && output.includes('ready')) kill(signal);
        told ||= output.includes('ready');
      },
    });
    expect([code, stdout]).toEqual([7, 'ready\ngot it\n']);
  });

  it('is 127 for a program that there is none of', async () => {
    const { code, stderr } = await run(['no-such-program-here']);
    expect(code).toBe(127);
    expect(stderr).toContain('no-such-program-here: there is no such program.');
  });

  it('does not wait for what the program has left behind', async () => {
    const started = `${process.execPath} -e 'setTimeout(() => {}, 60000)' & echo $!`;
    const { code, stdout } = await run(['sh', '-c', started]);
    process.kill(Number(stdout), 'SIGKILL');
    expect(code).toBe(0);
  });

  it('is 2 for arguments that make no sense', async () => {
    expect(await sidelight(['run', 'node', 'app.js'])).toMatchObject({ code: 2, stderr: expect.stringContaining('sidelight run') });
    expect(await sidelight(['run', '--nope', '--', 'true'])).toMatchObject({ code: 2 });
    expect(await sidelight(['dance'])).toMatchObject({ code: 2, stderr: expect.stringContaining("'dance'") });
  });
});

describe('zero-code instrumentation', () => {
  it('starts Python under the opentelemetry-instrument that is its neighbour, also through a script', async () => {
    const folder = project();
    const bin = path.join(folder, 'venv', 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(path.join(bin, 'python3'), '#!/bin/sh\necho "python $*"\n', { mode: 0o755 });
    writeFileSync(path.join(bin, 'uvicorn'), `#!${path.join(bin, 'python3')}\n`, { mode: 0o755 });
    writeFileSync(path.join(bin, 'opentelemetry-instrument'), '#!/bin/sh\necho "instrumented $*"\n', { mode: 0o755 });
    const env = { ...plainEnv(), PATH: `${bin}:${process.env['PATH'] ?? ''}` };
    const python = await run(['python3', 'app.py'], { cwd: folder, env });
    expect(python.stdout).toBe(`instrumented ${path.join(bin, 'python3')} app.py\n`);
    expect(python.stderr).toContain('instrumented by opentelemetry-instrument');
    expect((await run(['uvicorn', 'app:app'], { cwd: folder, env })).stdout).toBe(`instrumented ${path.join(bin, 'uvicorn')} app:app\n`);
    expect((await run(['opentelemetry-instrument', 'python3', 'x'], { cwd: folder, env })).stdout).toBe('instrumented python3 x\n');
  });

  it('says in one line that Python has none', async () => {
    const { stdout, stderr } = await run(['python3', '-c', 'import sys; print(1); print(sys.stdin.isatty())'], { cwd: project() });
    expect(stdout).toBe('1\nFalse\n');
    expect(stderr).toMatch(/no zero-code instrumentation: opentelemetry-distro is not installed for \S+python3\n/);
  });

  it('loads the package that Node resolves from here, behind what the user loads', async () => {
    const folder = path.join(project(), 'with space');
    const packageFolder = path.join(folder, 'node_modules', '@opentelemetry', 'auto-instrumentations-node');
    mkdirSync(packageFolder, { recursive: true });
    writeFileSync(path.join(packageFolder, 'register.js'), `console.log('registered')`);
    writeFileSync(path.join(packageFolder, 'package.json'), JSON.stringify({ exports: { './register': './register.js' } }));
    const env = { ...plainEnv(), NODE_OPTIONS: '--no-deprecation' };
    const { stdout } = await run(['node', '-e', 'console.log(process.noDeprecation)'], { cwd: folder, env });
    expect(stdout).toBe('registered\ntrue\n');
  });
});

describe('colours', () => {
  it('are asked for where the output ends on a terminal', async () => {
    const { folder, remove } = temporaryFolder('terminal');
    onTestFinished(remove);
    const command = [
      process.execPath,
      path.resolve('out/main/sidelight.js'),
      'run',
      '--data-dir',
      running.dataDirectory,
      '--',
      'sh',
      '-c',
      'echo "colour=$FORCE_COLOR/$CLICOLOR_FORCE"',
    ];
    const script = `import os, pty, sys\nos.environ['TERM'] = 'xterm-256color'\nsys.exit(os.waitstatus_to_exitcode(pty.spawn(${JSON.stringify(command)})))`;
    const file = path.join(folder, 'terminal.py');
    writeFileSync(file, script);
    const { stdout: output } = await execProgram('python3', [file], { env: { ...plainEnv(), COLORTERM: '' } });
    expect(output).toContain('colour=2/1');
    expect(output).toContain('\u001b[2msidelight: ');
    expect(output).toContain('token=');
  });
});

describe('which Sidelight', () => {
  it('is started where none runs, also where a killed one has left its file, and stays', async () => {
    const { folder: dataDirectory, remove } = temporaryFolder('started');
    writeFileSync(
      path.join(dataDirectory, 'running.json'),
      JSON.stringify({ pid: process.pid, apiUrl: 'http://localhost:1/api', uiUrl: 'http://localhost:1/', token: 'stale' }),
    );
    const flags = ['run', '--data-dir', dataDirectory, '--grpc-port', '0', '--http-port', '0', '--'];
    const first = await sidelight([...flags, 'echo', 'one']);
    const found = await readRunningFile(dataDirectory);
    if (found === undefined) throw new Error(`Nothing was started: ${first.stderr}`);
    onTestFinished(async () => {
      process.kill(found.pid, 'SIGTERM');
      await expect.poll(() => readRunningFile(dataDirectory), { timeout: 20_000 }).toBeUndefined();
      remove();
    });
    expect(first.stdout).toBe('one\n');
    expect(first.stderr).toContain(`To stop it: kill ${found.pid}`);
    const [, address = ''] = /1 console line: (\S+)/.exec(first.stderr) ?? [];
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(303);
    const second = await sidelight([...flags, 'echo', 'two']);
    expect(second.stderr).not.toContain('To stop it');
    expect(second.stderr).not.toContain('token=');
    expect((await readRunningFile(dataDirectory))?.pid).toBe(found.pid);
  });

  it('may be stopped meanwhile without the program noticing', async () => {
    const other = await runningSidelight();
    let stopped: Promise<void> | undefined;
    const { code, stdout, stderr } = await sidelight(
      ['run', '--data-dir', other.dataDirectory, '--', 'sh', '-c', 'echo one; sleep 1; echo two'],
      {
        onOutput: () => void (stopped ??= other.stop()),
      },
    );
    await stopped;
    expect([code, stdout]).toEqual([0, 'one\ntwo\n']);
    expect(stderr).toContain('Sidelight does not answer any more');
  });
});
