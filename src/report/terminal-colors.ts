/** Colours of the terminal, by what they stand for. */
import picocolors from 'picocolors';
import type { Tone } from './verdict-words.js';

export type Paint = (text: string) => string;

export interface Palette extends Readonly<Record<Tone, Paint>> {
  readonly strong: Paint;
  readonly quiet: Paint;
}

export interface TerminalStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  /** Of the terminal; read again whenever a line is drawn. */
  readonly columns?: number;
}

/** https://no-color.org: any value that is not empty. FORCE_COLOR is for CIs that show colours. */
export function wantsColors(stream: TerminalStream, environment: NodeJS.ProcessEnv): boolean {
  if ((environment.NO_COLOR ?? '') !== '') return false;
  if ((environment.FORCE_COLOR ?? '') !== '') return environment.FORCE_COLOR !== '0';
  return stream.isTTY === true && environment.TERM !== 'dumb';
}

export function palette(enabled: boolean): Palette {
  const paint = picocolors.createColors(enabled);
  return {
    holds: paint.green,
    deviates: paint.yellow,
    broken: paint.red,
    absent: paint.gray,
    unknown: paint.magenta,
    strong: paint.bold,
    quiet: paint.dim,
  };
}
