/** What was measured, as a table: pure. */
import type { Round, Times } from './measure.js';

/** The least of several rounds: a busy machine only ever makes a round slower. */
export function best(rounds: readonly Round[]): Times {
  const least: Record<string, number> = {};
  for (const { times } of rounds) {
    for (const [name, time] of Object.entries(times)) {
      least[name] = Math.min(time, least[name] ?? Number.POSITIVE_INFINITY);
    }
  }
  return least;
}

/** Of two unions over the workloads that both can do; undefined when there is none. */
export function geometricMean(one: Times, other: Times): number | undefined {
  const ratios = Object.entries(one).flatMap(([name, time]) => {
    const beside = other[name];
    return beside === undefined ? [] : [time / beside];
  });
  if (ratios.length === 0) return undefined;
  return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
}

/** What the in-house union shall not exceed, beside another one. */
export interface Target {
  readonly beside: string;
  /** One workload, or the geometric mean of all. */
  readonly workload?: string;
  readonly limit: number;
}

export const targets: readonly Target[] = [
  { beside: 'unionfs-fuse', limit: 0.4 },
  { beside: 'mergerfs', limit: 0.45 },
  { beside: 'fuse-overlayfs', limit: 0.85 },
  { beside: 'overlay', limit: 2.3 },
  { beside: 'overlay', workload: 'sequential read, cold', limit: 1.15 },
];

export type Measured = ReadonlyMap<string, Times>;

export interface Judged extends Target {
  readonly ratio: number | undefined;
}

export function judge(measured: Measured, subject: string): readonly Judged[] {
  return targets.map((target) => ({ ...target, ratio: ratioOf(measured, subject, target) }));
}

function ratioOf(measured: Measured, subject: string, target: Target): number | undefined {
  const [own, other] = [measured.get(subject), measured.get(target.beside)];
  if (own === undefined || other === undefined) return undefined;
  if (target.workload === undefined) return geometricMean(own, other);
  const [a, b] = [own[target.workload], other[target.workload]];
  return a === undefined || b === undefined ? undefined : a / b;
}

/** Milliseconds of all, then the subject's ratio to each other. */
export function showTable(measured: Measured, subject: string): string {
  const names = [...measured.keys()];
  const others = names.filter((name) => name !== subject);
  const own = measured.get(subject);
  const workloads = [...new Set([...measured.values()].flatMap((times) => Object.keys(times)))];
  const head = ['workload', ...names, ...(own === undefined ? [] : others.map((name) => `/ ${name}`))];
  const rows = workloads.map((workload) => [
    workload,
    ...names.map((name) => milliseconds(measured.get(name)?.[workload])),
    ...(own === undefined
      ? []
      : others.map((name) => quotient(own[workload], measured.get(name)?.[workload]))),
  ]);
  const means =
    own === undefined
      ? []
      : [
          [
            'geometric mean',
            ...names.map(() => ''),
            ...others.map((name) => (geometricMean(own, measured.get(name) ?? {}) ?? Number.NaN).toFixed(2)),
          ],
        ];
  const alignment = head.map((_, column) => (column === 0 ? '---' : '--:'));
  return [head, alignment, ...rows, ...means].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function milliseconds(time: number | undefined): string {
  return time === undefined ? '–' : time.toFixed(time < 10 ? 1 : 0);
}

function quotient(one: number | undefined, other: number | undefined): string {
  return one === undefined || other === undefined ? '–' : (one / other).toFixed(2);
}

export function showTargets(judged: readonly Judged[], subject: string): string {
  return judged
    .map(({ beside, workload, limit, ratio }) => {
      const what = `${workload ?? 'geometric mean'}: ${subject} / ${beside}`;
      if (ratio === undefined) return `- ${what}: not measured`;
      return `${ratio <= limit ? '- ✓' : '- ✗'} ${what}: ${ratio.toFixed(2)}, at most ${limit}`;
    })
    .join('\n');
}
