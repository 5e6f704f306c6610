import { closeSync, constants, openSync, readSync } from 'node:fs';
import { libc } from './libc.js';

const SEEK_END = 2;

/** A record of /dev/kmsg has at most this many bytes (`PRINTKRB_RECORD_MAX` of the kernel, rounded up). */
const RECORD = 8192;

/** What the kernel prints from now on. */
export interface KernelLog {
  /** The messages since the last look; none where this process may not read them (CAP_SYSLOG). */
  read(): string[];
  close(): void;
}

/** Listens to the kernel's log, /dev/kmsg (Documentation/ABI/testing/dev-kmsg), from its present end. */
export function followKernelLog(): KernelLog {
  const descriptor = openLog();
  if (descriptor === undefined) return { read: () => [], close() {} };
  libc.lseek(descriptor, 0, SEEK_END);
  return {
    read: () => readRecords(descriptor).map(messageOf),
    close: () => closeSync(descriptor),
  };
}

function openLog(): number | undefined {
  try {
    return openSync('/dev/kmsg', constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}

function readRecords(descriptor: number): string[] {
  const records: string[] = [];
  const buffer = Buffer.alloc(RECORD);
  for (;;) {
    try {
      records.push(buffer.toString('latin1', 0, readSync(descriptor, buffer)));
    } catch (failure) {
      // Records that were overwritten meanwhile; the next read is of the oldest there is.
      if ((failure as NodeJS.ErrnoException).code === 'EPIPE') continue;
      return records; // EAGAIN: there are no more
    }
  }
}

/** `LEVEL,NUMBER,MICROSECONDS,FLAGS;MESSAGE`, and lines of KEY=VALUE after it, which begin with a space. */
export function messageOf(record: string): string {
  const [line = ''] = record.split('\n', 1);
  return line.slice(line.indexOf(';') + 1);
}
