import { readFileSync } from 'node:fs';

/** What a test runner's JSON report says, in the few words that `npm test` ends with. */
interface Summary {
  passed: number;
  failed: number;
  skipped: { name: string; reason: string }[];
}

interface VitestReport {
  testResults: { status: string; assertionResults: { status: string; fullName: string; meta?: { reason?: string } }[] }[];
}

interface PlaywrightSuite {
  title: string;
  suites?: PlaywrightSuite[];
  specs: { title: string; tests: { projectName: string; status: string; annotations: { type: string; description?: string }[] }[] }[];
}

export function vitestSummary(file: string): Summary {
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  // A file that could not even be loaded has no tests of its own to count.
  const brokenFiles = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length;
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').length + brokenFiles,
    skipped: tests
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName, meta }) => ({ name: fullName, reason: meta?.reason ?? 'see the test' })),
  };
}

export function playwrightSummary(file: string): Summary {
  const summary: Summary = { passed: 0, failed: 0, skipped: [] };
  const visit = (suite: PlaywrightSuite): void => {
    for (const { title, tests } of suite.specs) {
      for (const { projectName, status, annotations } of tests) {
        const name = `[${projectName}] ${title}`;
        if (status === 'skipped')
          summary.skipped.push({ name, reason: annotations.find(({ type }) => type === 'skip')?.description ?? 'see the spec' });
        else if (status === 'unexpected') summary.failed++;
        else summary.passed++;
      }
    }
    suite.suites?.forEach(visit);
  };
  (JSON.parse(readFileSync(file, 'utf8')) as { suites: PlaywrightSuite[] }).suites.forEach(visit);
  return summary;
}

export function printSummary(summaries: readonly Summary[]): void {
  const skipped = summaries.flatMap((summary) => summary.skipped);
  const total = (count: (summary: Summary) => number): number => summaries.reduce((sum, summary) => sum + count(summary), 0);
  const byReason = Map.groupBy(skipped, ({ reason }) => reason);
  console.log('');
  for (const [reason, tests] of byReason)
    console.log(`skipped ${tests.length}: ${reason}\n${tests.map(({ name }) => `  - ${name}`).join('\n')}`);
  console.log(`${total(({ passed }) => passed)} passed, ${total(({ failed }) => failed)} failed, ${skipped.length} skipped`);
}
