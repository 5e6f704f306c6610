import type { CpuUsage, Limit } from './control-group.js';

/** One write to one of the kernel's files. */
export interface Order {
  readonly file: string;
  readonly text: string;
  /** The kernel may be built without the file, and then there is nothing to order. */
  readonly optional?: true;
}

type Read = (file: string) => string;

/** How one version of control groups spells what the contract says. Pure. */
export interface Spelling {
  /** In the order of writing. */
  limit(limit: Limit): readonly Order[];
  cpuUsage(read: Read): CpuUsage;
  memoryKills(read: Read): number;
  memoryUsed(read: Read): number;
  readonly freeze: Order;
  readonly thaw: Order;
  isFrozen(read: Read): boolean;
}

/** The number after a word in a file of lines `WORD NUMBER`; a word that is not there counts nothing. */
export function numberAfter(word: string, text: string): number {
  return Number(new RegExp(`^${word} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
}
