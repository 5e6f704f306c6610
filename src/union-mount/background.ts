import { spawn } from 'node:child_process';

/** What the process in the background tells the one that started it. */
export type Told =
  | { readonly kind: 'mounted' }
  | { readonly kind: 'failed'; readonly code: number; readonly message: string };

/** To whoever started this process in the background, if it was one of us; then it is on its own. */
export function tellParent(told: Told): void {
  if (process.send === undefined || !process.connected) return;
  process.send(told, () => process.disconnect());
}

/** Runs the same command in a session of its own, and returns when the union is mounted. */
export function startInBackground(command: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [...command, '--foreground'], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    const settle = (failure?: Failed) => {
      child.removeAllListeners();
      if (child.connected) child.disconnect();
      child.unref();
      if (failure === undefined) resolve();
      else reject(failure);
    };
    child.once('message', (told: Told) => {
      settle(told.kind === 'mounted' ? undefined : new Failed(told.code, told.message));
    });
    child.once('error', (failure) => settle(new Failed(70, failure.message)));
    child.once('exit', (code, signal) => {
      settle(new Failed(70, `it ended with ${signal ?? code} before the union was mounted`));
    });
  });
}

/** The command failed in the background. */
export class Failed extends Error {
  override readonly name = 'Failed';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}
