import { CommanderError } from 'commander';
import { MountError } from '../backend.js';
import { UsageError } from '../catalogue/usage-error.js';

const USAGE = 64;
export const DEFECT = 70;

/** The command cannot do what it was asked for; the message says why, in one line. */
export class Failed extends Error {
  override readonly name = 'Failed';
  readonly code: number;

  constructor(message: string, code = 1) {
    super(message);
    this.code = code;
  }
}

/** What is said of a failure, and the exit code that tells it. */
export interface Explained {
  readonly code: number;
  /** Empty when it has been said already. */
  readonly message: string;
}

/** Runs the command to its end, and leaves its exit code; `failed` hears first of a failure. */
export async function runCommand(
  name: string,
  command: () => Promise<void>,
  failed: (explained: Explained) => void = () => {},
): Promise<void> {
  try {
    await command();
    process.exitCode = 0;
  } catch (failure) {
    const explained = explain(failure);
    if (explained.message !== '') process.stderr.write(`${name}: ${explained.message}\n`);
    failed(explained);
    process.exitCode = explained.code;
  }
}

function explain(failure: unknown): Explained {
  if (failure instanceof CommanderError) return { code: failure.exitCode === 0 ? 0 : USAGE, message: '' };
  if (failure instanceof UsageError) return { code: USAGE, message: failure.message };
  if (failure instanceof MountError) return { code: 1, message: failure.message };
  if (failure instanceof Failed) return failure;
  return { code: DEFECT, message: failure instanceof Error ? (failure.stack ?? '') : String(failure) };
}
