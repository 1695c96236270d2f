import { ensureBrowser } from './ensure-browser.ts';
import { ensureBuilt } from './ensure-built.ts';
import { runCommand } from './run-command.ts';

/** `npm run e2e`: the end-to-end specs alone. Arguments go to Playwright (`-- --project browser first-light`). */
ensureBuilt();
const browser = await ensureBrowser();
process.exitCode = await runCommand(['playwright', 'test', ...process.argv.slice(2)], { SIDELIGHT_TEST_BROWSER: browser });
