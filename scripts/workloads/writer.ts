/**
 * Changes a mounted union until it is gone: `node writer.js ROOT SEED FIRST-VERSION MODEL-FILE`. Prints a line after
 * each change that was made, so that whoever kills the daemon knows all but the last.
 */
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { seeded } from '../../src/union/random-operations.js';
import { type Change, changed, type Entry, type Model, randomChange, TEMPORARY } from './model.js';

function make(root: string, change: Change): void {
  const path = `${root}/${change.path}`;
  switch (change.change) {
    case 'replace':
      writeFileSync(`${root}/${TEMPORARY}`, change.content, { mode: 0o644 });
      renameSync(`${root}/${TEMPORARY}`, path);
      break;
    case 'delete':
      unlinkSync(path);
      break;
    case 'mkdir':
      mkdirSync(path);
      break;
    case 'rmdir':
      rmdirSync(path);
      break;
    case 'chmod':
      chmodSync(path, change.mode);
      break;
    case 'truncate':
      truncateSync(path, change.size);
      break;
    case 'rename':
      renameSync(path, `${root}/${change.to}`);
  }
}

const [root = '', seed = '0', first = '0', modelFile = ''] = process.argv.slice(2);
const random = seeded(Number(seed));
let model: Model = new Map(JSON.parse(readFileSync(modelFile, 'utf8')) as [string, Entry][]);
process.umask(0);
try {
  for (let version = Number(first); ; version++) {
    const change = randomChange(model, random, version);
    make(root, change);
    writeSync(1, 'done\n');
    model = changed(model, change);
  }
} catch (failure) {
  const { code, message } = failure as NodeJS.ErrnoException;
  // The union is gone: ENOTCONN, or ECONNABORTED for the call that was under way.
  if (code !== 'ENOTCONN' && code !== 'ECONNABORTED') {
    process.stderr.write(`${message}\n`);
    process.exitCode = 1;
  }
}
