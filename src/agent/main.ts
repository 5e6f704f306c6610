/**
 * The agent: the one process that touches unions. It reads a request, does it, answers, and
 * ends when its standard input does; nothing of it runs between two requests, so killing it
 * at any moment is safe.
 */
import { readSync, writeSync } from 'node:fs';
import { Dispatcher } from './dispatch.js';
import type { Request } from './protocol.js';
import { visiblePaths } from './visible.js';
import { openWorkArea } from './work-area.js';

const isolated = process.argv.includes('--isolated');
const privileged = process.argv.includes('--privileged');

if (isolated && process.ppid !== 1) {
  process.stderr.write('agent: --isolated is for a child of the first process of a PID namespace\n');
  process.exit(70);
}

// Ctrl-C reaches every process of a terminal: this one ends with its input, and removes its work area.
process.on('SIGINT', () => {}).on('SIGTERM', () => {});

process.umask(0);
const area = openWorkArea(isolated, visiblePaths());
const dispatcher = new Dispatcher(area, { isolated, privileged });

function send(...messages: readonly object[]): void {
  const line = Buffer.from(messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
  for (let sent = 0; sent < line.length; ) sent += writeSync(1, line, sent);
}

send({ ready: process.pid });

const chunk = Buffer.alloc(65536);
let pending: Buffer[] = [];
for (;;) {
  const length = readSync(0, chunk);
  if (length === 0) break;
  let start = 0;
  const answers: object[] = [];
  for (let end = chunk.indexOf(10); end >= 0 && end < length; end = chunk.indexOf(10, start)) {
    pending.push(Buffer.from(chunk.subarray(start, end)));
    answers.push(await dispatcher.answer(JSON.parse(Buffer.concat(pending).toString()) as Request));
    pending = [];
    start = end + 1;
  }
  send(...answers);
  if (start < length) pending.push(Buffer.from(chunk.subarray(start, length)));
}
dispatcher.close();
area.close();
