/** What a guest says on its console: its kernel's messages, and these few lines of ours. */

export type Said =
  /** The guest has booted, and the suite is started. */
  | { readonly kind: 'up'; readonly release: string }
  | { readonly kind: 'ended'; readonly exitCode: number }
  /** The suite, or what is needed to start it, failed. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'panicked'; readonly reason: string };

const mark = 'union-conformance guest:';

export function sayUp(release: string): string {
  return `${mark} up ${release}\n`;
}

export function sayEnded(exitCode: number): string {
  return `${mark} ended ${exitCode}\n`;
}

export function sayFailed(reason: string): string {
  return `${mark} failed ${reason.replaceAll('\n', ' ')}\n`;
}

/** A line of the console without its end; undefined when it says nothing about how the run goes. */
export function understand(line: string): Said | undefined {
  const panic = /Kernel panic - not syncing: (.*?)\s*$/.exec(line);
  if (panic !== null) return { kind: 'panicked', reason: panic[1] ?? '' };
  if (!line.startsWith(`${mark} `)) return undefined;
  const [word, ...rest] = line
    .slice(mark.length + 1)
    .trimEnd()
    .split(' ');
  const value = rest.join(' ');
  switch (word) {
    case 'up':
      return { kind: 'up', release: value };
    case 'ended':
      return /^\d+$/.test(value) ? { kind: 'ended', exitCode: Number(value) } : undefined;
    case 'failed':
      return { kind: 'failed', reason: value };
    default:
      return undefined;
  }
}
