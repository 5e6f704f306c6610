import { spawn } from 'node:child_process';
import { DEFECT, type Explained, Failed } from './command.js';

/** What the process in the background tells the one that started it. */
export type Told = { readonly kind: 'mounted' } | ({ readonly kind: 'failed' } & Explained);

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
      settle(told.kind === 'mounted' ? undefined : new Failed(told.message, told.code));
    });
    child.once('error', (failure) => settle(new Failed(failure.message, DEFECT)));
    child.once('exit', (code, signal) => {
      settle(new Failed(`it ended with ${signal ?? code} before the union was mounted`, DEFECT));
    });
  });
}
