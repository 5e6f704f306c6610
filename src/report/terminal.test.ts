import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { Report, Result } from '../outcome.js';
import { sampleReport } from './sample-report.js';
import { createTerminalReporter, type TerminalOptions } from './terminal.js';
import { textWidth } from './text-width.js';

const report = sampleReport({ scenarios: 48, backends: 6 });

function play(run: Report, options: TerminalOptions, terminal: { columns?: number } = {}): string[] {
  const writes: string[] = [];
  const isTTY = terminal.columns !== undefined;
  const stream = { ...terminal, isTTY, write: (text: string) => writes.push(text) };
  const reporter = createTerminalReporter(stream, { environment: {}, ...options });
  reporter.begin(run.header, run.results.length);
  for (const result of run.results) {
    reporter.started(result.backend, result.scenario);
    reporter.result(result);
  }
  reporter.end(run);
  return writes;
}

function failing(message: string): Report {
  const small = sampleReport({ scenarios: 1, backends: 1 });
  const outcome = { kind: 'failed', signature: '', step: 'When "a" is read', message, evidence: [] } as const;
  const result: Result = { ...(small.results[0] as Result), verdict: 'fail', outcome };
  const counts = { ...small.footer.counts, pass: 0, fail: 1 };
  return { ...small, results: [result], footer: { ...small.footer, counts, problems: [], missing: [] } };
}

for (const options of [{}, { quiet: true }, { verbose: true }]) {
  for (const terminal of [{}, { columns: 80 }]) {
    test(`the last line stands alone: ${JSON.stringify({ ...options, ...terminal })}`, () => {
      const lines = play(report, options, terminal).join('').split('\n');
      assert.deepEqual(lines.slice(-2), ['201 passed, 16 failed, 71 skipped', '']);
      assert.equal(lines.at(-3), '');
    });
  }
}

for (const columns of [20, 80, 200]) {
  test(`the progress line is rewritten in place and fits into ${columns} columns`, () => {
    const writes = play(report, {}, { columns });
    const drawn = writes.filter((text) => text.startsWith('\r\u001b[2K') && !text.endsWith('\n'));
    assert.ok(drawn.length > report.results.length);
    for (const text of drawn) {
      const line = stripVTControlCharacters(text).replace('\r', '');
      assert.ok(textWidth(line) < columns, line);
    }
    if (columns === 80) {
      const [line] = drawn.filter((text) => text.includes('100/288') && text.includes('›'));
      assert.match(
        stripVTControlCharacters(line ?? ''),
        /^\r100\/288 {2}4 failed {2}fuse-overlayfs › whiteouts\.5 /,
      );
    }
  });
}

test('the progress line shows the scenario that has been running longest', () => {
  const writes: string[] = [];
  const reporter = createTerminalReporter({ isTTY: true, columns: 80, write: (text) => writes.push(text) });
  reporter.begin(report.header, 288);
  reporter.started('aufs', 'copy-up.1');
  reporter.started('embedded', 'whiteouts.1');
  reporter.result(report.results[0] as Result);
  assert.match(writes.at(-1) ?? '', /aufs › copy-up\.1/);
});

test('without a terminal there are plain lines: failures as they come and every tenth', () => {
  const text = play(report, {}).join('');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  assert.doesNotMatch(text, /[\u001b\r]/);
  assert.equal(text.match(/^\d+\/288(, \d+ failed)?$/gm)?.length, 10);
  assert.match(
    text,
    /^C kernel-overlay {2}whiteouts\.7 {2}A name that was deleted .* — crashes: the daemon died of SIGSEGV$/m,
  );
});

test('NO_COLOR keeps the progress line and drops colours', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const colors = /\u001b\[\d+m/;
  assert.match(play(report, {}, { columns: 80 }).join(''), colors);
  assert.doesNotMatch(play(report, { environment: { NO_COLOR: '1' } }, { columns: 80 }).join(''), colors);
  assert.match(play(report, { environment: { FORCE_COLOR: '1' } }).join(''), colors);
});

test('verbose has one line for each scenario, quiet has failures only', () => {
  const verbose = play(report, { verbose: true }).join('');
  assert.equal(verbose.match(/^[^ ] [a-z-]+ +[a-z-]+\.\d+.*$/gm)?.length, 288);
  assert.equal(play(failing('no'), { quiet: true }).join('').split('\n').length, 12);
  const passed = sampleReport({ scenarios: 1, backends: 1 });
  const footer = { ...passed.footer, problems: [], missing: [] };
  assert.equal(play({ ...passed, footer }, { quiet: true }).join(''), '1 passed, 0 failed, 0 skipped\n');
});

test('a failure is shown with everything that is known, and nothing a terminal acts on', () => {
  const text = play(failing('expected\n\u001b[2J\u009b1m'), {}).join('');
  const expected = `
✗ fails  embedded  whiteouts.1
  A deleted lower file is gone from the union and still in the lower branch
  features/union/whiteouts.feature:12
  at When "a" is read

  expected
  \\x1b[2J\\x9b1m

  reproduce: npx union-conformance --backend=embedded features/union/whiteouts.feature:12

backend   holds  known  fails  unsupported  skipped     coverage
embedded      0      0      1            0        0  100 % (1/1)

1 scenario on 1 backend, 4 ms, Linux 6.12.57

0 passed, 1 failed, 0 skipped
`;
  assert.equal(text.slice(text.indexOf('\n') + 1), expected);
});
