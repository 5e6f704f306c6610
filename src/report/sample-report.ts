/** A made-up run with every verdict, of any size: what the reporters are tested and looked at with. */
import type {
  BackendSummary,
  Claim,
  Header,
  Outcome,
  Report,
  Result,
  Scenario,
  Verdict,
} from '../outcome.js';
import { sampleBackends, sampleChapters, sampleClaims, sampleDiff, sampleSteps } from './sample-texts.js';
import { countVerdicts } from './score.js';

export interface SampleSize {
  readonly scenarios: number;
  readonly backends: number;
}

export function sampleReport({ scenarios = 24, backends = 4 }: Partial<SampleSize> = {}): Report {
  const header = sampleHeader(scenarios, backends);
  const results = header.backends.flatMap((backend, column) =>
    header.scenarios.map((scenario, row) => sampleResult(backend, scenario, row, column)),
  );
  const counts = countVerdicts(results);
  return {
    header,
    results,
    footer: {
      type: 'footer',
      counts,
      problems: ['deviation of fuse-overlayfs for copy-up.99: there is no such scenario'],
      missing: ['--require backend:aufs: mount(2) said ENODEV'],
      exitCode: 1,
      duration: results.reduce((sum, result) => sum + result.duration, 0),
    },
  };
}

export function sampleHeader(scenarios: number, backends: number): Header {
  const claims: readonly Claim[] = sampleClaims;
  return {
    type: 'header',
    format: 'union-conformance-results/1',
    suite: { version: '0.1.0' },
    started: '2026-03-09T08:12:45.000Z',
    host: { name: 'local', kernel: '6.12.57', arch: 'x64', node: 'v20.20.2', user: 'ordinary' },
    seed: undefined,
    everything: true,
    backends: Array.from({ length: backends }, (_, column) => sampleBackend(column)),
    scenarios: Array.from({ length: scenarios }, (_, row) => sampleScenario(row, claims)),
    claims,
  };
}

function sampleBackend(column: number): BackendSummary {
  const backend = sampleBackends[column % sampleBackends.length] as BackendSummary;
  return column < sampleBackends.length ? backend : { ...backend, name: `${backend.name}-${column}` };
}

function sampleScenario(row: number, claims: readonly Claim[]): Scenario {
  const chapter = sampleChapters[Math.floor(row / 12) % sampleChapters.length] ?? sampleChapters[0];
  const slug = chapter.feature.toLowerCase().replaceAll(' ', '-');
  const volume = Math.floor(row / (12 * sampleChapters.length));
  const number = volume * 12 + (row % 12) + 1;
  const title = chapter.titles[row % chapter.titles.length];
  return {
    id: row % 12 === 11 ? `${slug}.${number}:a fifo` : `${slug}.${number}`,
    name: row % 12 < chapter.titles.length ? `${title}` : `${title}, number ${number}`,
    feature: chapter.feature,
    rule: row % 12 < 5 ? chapter.rule : '',
    uri: `features/union/${slug}.feature`,
    line: 12 + (row % 12) * 14,
    claims: [claims[row % claims.length]?.id ?? ''],
    needs: row % 3 === 0 ? ['copy-on-write', 'whiteouts'] : [],
    requires: row % 7 === 0 ? ['root'] : [],
    tags: [],
    steps: sampleSteps(row),
  };
}

function sampleResult(backend: BackendSummary, scenario: Scenario, row: number, column: number): Result {
  const verdict = sampleVerdict(backend, row, column);
  const deviates = verdict.includes('deviation') || verdict === 'unexpected-pass';
  return {
    type: 'result',
    backend: backend.name,
    scenario: scenario.id,
    verdict,
    outcome: sampleOutcome(verdict, backend),
    ...(deviates && {
      deviation: {
        kind: 'by-design',
        reason: 'Renaming a merged directory needs redirects, which an ordinary user may not set.',
        reference: 'https://docs.kernel.org/filesystems/overlayfs.html#renaming-directories',
      },
    }),
    duration: verdict === 'hang' ? 10_012 : 4 + ((row * 7 + column * 13) % 40) + 0.25,
    inUnion: 0,
    reproduce: `npx union-conformance --backend=${backend.name} ${scenario.uri}:${scenario.line}`,
  };
}

function sampleVerdict(backend: BackendSummary, row: number, column: number): Verdict {
  if (backend.unavailable !== undefined) return 'skipped';
  const dice = (row * 31 + column * 17) % 97;
  const rare: Readonly<Record<number, Verdict>> = {
    3: 'fail',
    6: 'hang',
    9: 'crash',
    12: 'changed-deviation',
    15: 'unexpected-pass',
    18: 'error',
    21: 'dishonest-capability',
    24: 'expired-deviation',
    27: 'not-run',
  };
  if (column > 0 && rare[dice] !== undefined) return rare[dice];
  if (column > 0 && dice > 84) return 'known-deviation';
  if (column > 1 && dice > 70) return 'unsupported';
  return dice === 33 ? 'skipped' : 'pass';
}

function sampleOutcome(verdict: Verdict, backend: BackendSummary): Outcome {
  const stopped = {
    step: 'Then the state is now:',
    message: 'upper: "d/new" is a directory, and a whiteout was expected',
    evidence: [
      { title: 'tree of the branch "upper"', text: sampleDiff },
      {
        title: `what ${backend.name} printed`,
        text: `${backend.name}: rename d/old: Invalid cross-device link`,
      },
    ],
  };
  switch (verdict) {
    case 'fail':
    case 'known-deviation':
    case 'changed-deviation':
    case 'expired-deviation':
      return { kind: 'failed', signature: 'EXDEV', ...stopped };
    case 'hang':
      return { kind: 'hang', ...stopped, message: 'rename(2) did not return within 10 s' };
    case 'crash':
      return { kind: 'crash', ...stopped, message: 'the daemon died of SIGSEGV' };
    case 'error':
      return { kind: 'error', ...stopped, step: '', message: 'the agent sent no answer' };
    case 'unsupported':
      return { kind: 'unsupported', capability: 'hard-links', probe: 'absent', reason: 'unlink: EROFS' };
    case 'dishonest-capability':
      return { kind: 'unsupported', capability: 'hard-links', probe: 'present', reason: 'done once' };
    case 'skipped':
      return backend.unavailable === undefined
        ? { kind: 'skipped', missing: 'root', reason: 'chown(2) said EPERM', remedy: 'run it as root' }
        : { kind: 'skipped', missing: 'backend', ...backend.unavailable };
    case 'not-run':
      return { kind: 'not-run', message: 'the run was stopped' };
    default:
      return { kind: 'passed' };
  }
}
