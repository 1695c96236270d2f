import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './ensure-browser.ts';
import { ensureBuilt } from './ensure-built.ts';
import { runCommand } from './run-command.ts';
import { playwrightSummary, printSummary, vitestSummary } from './test-summary.ts';

/**
 * `npm test`: the tests beside the code and, because those specs mostly wait, the end-to-end specs on the built app at the same time; what they say is printed behind. The last lines say
 * what was skipped and why.
 */
const reports = mkdtempSync(join(tmpdir(), 'sidelight-test-'));
const unitReport = join(reports, 'unit.json');
const endToEndReport = join(reports, 'e2e.json');
const endToEndOutput = join(reports, 'e2e.txt');

try {
  ensureBuilt();
  const browser = await ensureBrowser();
  const output = openSync(endToEndOutput, 'w');
  const [unit, endToEnd] = await Promise.all([
    runCommand(['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]),
    runCommand(['playwright', 'test', '--reporter=list,json'], {
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: endToEndReport, SIDELIGHT_TEST_BROWSER: browser },
      output,
    }),
  ]);
  closeSync(output);
  console.log(readFileSync(endToEndOutput, 'utf8'));
  printSummary([vitestSummary(unitReport), playwrightSummary(endToEndReport)]);
  process.exitCode = unit === 0 && endToEnd === 0 ? 0 : 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
