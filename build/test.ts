import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './ensure-browser.ts';
import { ensureBuilt } from './ensure-built.ts';
import { runCommand } from './run-command.ts';
import { playwrightSummary, printSummary, vitestSummary } from './test-summary.ts';

/**
 * `npm test`: the tests beside the code, then the end-to-end specs on the built app; both at once take longer on two cores. The last lines say what was skipped and why.
 */
const reports = mkdtempSync(join(tmpdir(), 'sidelight-test-'));
const unitReport = join(reports, 'unit.json');
const endToEndReport = join(reports, 'e2e.json');

try {
  ensureBuilt();
  const browser = await ensureBrowser();
  const unit = await runCommand(['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]);
  const endToEnd = await runCommand(['playwright', 'test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: endToEndReport,
    SIDELIGHT_TEST_BROWSER: browser,
  });
  printSummary([vitestSummary(unitReport), playwrightSummary(endToEndReport)]);
  process.exitCode = unit === 0 && endToEnd === 0 ? 0 : 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
