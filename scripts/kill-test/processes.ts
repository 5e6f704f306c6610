/** Processes of a run, however deep they are in its sandboxes: an environment variable tells whose they are. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Process {
  readonly pid: number;
  /** As proc_pid_comm(5) has it. */
  readonly name: string;
  /** The whole command line, its parts separated by spaces. */
  readonly command: string;
}

/** Those that live, with `NAME=VALUE` in their environment. */
export function processesWith(mark: string): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const read = (file: string) => readFileSync(`/proc/${pid}/${file}`, 'latin1');
        if (!read('environ').includes(mark)) return [];
        return [
          { pid: Number(pid), name: read('comm').trim(), command: read('cmdline').replaceAll('\0', ' ') },
        ];
      } catch {
        return []; // gone, or a zombie: its environment is
      }
    });
}

/** What ends by itself meanwhile is as good. */
export function send(signal: NodeJS.Signals, processes: readonly Process[]): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, signal);
    } catch {
      // it has ended
    }
  }
}
