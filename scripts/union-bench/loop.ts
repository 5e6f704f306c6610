/**
 * Does the timed loops of one union in a process of its own, and prints milliseconds as JSON:
 * `node loop.js PLAN`, PLAN being a list of `{ name, loop, path, count }`. A tight synchronous loop
 * costs less than any program that is started per file.
 */
import {
  appendFileSync,
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';

export type LoopName =
  | 'stat'
  | 'list-and-stat'
  | 'read-files'
  | 'read-large'
  | 'write-large'
  | 'create'
  | 'unlink'
  | 'append';

export interface Loop {
  readonly name: string;
  readonly loop: LoopName;
  readonly path: string;
  /** Files, or mebibytes for the large ones. */
  readonly count: number;
}

const MEBIBYTE = 1 << 20;
const buffer = Buffer.allocUnsafe(MEBIBYTE);

/** The paths are made before the clock starts. */
const prepared: Readonly<Record<LoopName, (path: string, count: number) => () => void>> = {
  stat(path) {
    const paths = treePaths(path);
    return () => {
      for (const file of paths) statSync(file);
    };
  },
  'list-and-stat': (path) => () => {
    for (const name of readdirSync(path)) statSync(`${path}/${name}`);
  },
  'read-files'(path) {
    const paths = treePaths(path);
    return () => {
      for (const file of paths) readFileSync(file);
    };
  },
  'read-large': (path, count) => () => {
    const file = openSync(path, 'r');
    for (let at = 0; at < count; at++) readSync(file, buffer, 0, MEBIBYTE, at * MEBIBYTE);
    closeSync(file);
  },
  'write-large': (path, count) => () => {
    const file = openSync(path, 'w');
    for (let at = 0; at < count; at++) writeSync(file, buffer, 0, MEBIBYTE, at * MEBIBYTE);
    fsyncSync(file);
    closeSync(file);
  },
  create: (path, count) => () => {
    for (let number = 0; number < count; number++) closeSync(openSync(`${path}/new${number}`, 'wx'));
  },
  unlink: (path, count) => () => {
    for (let number = 0; number < count; number++) unlinkSync(`${path}/f${number}`);
  },
  append: (path, count) => () => {
    for (let number = 0; number < count; number++) appendFileSync(`${path}/f${number}`, '+');
  },
};

/** The layout of `layers.ts`, so that nothing has to be listed before a cold loop. */
function treePaths(path: string): readonly string[] {
  const [root = '', directories = '0', files = '0'] = path.split('|');
  return Array.from({ length: Number(directories) }, (_, directory) =>
    Array.from({ length: Number(files) }, (_, file) => `${root}/d${directory}/f${file}`),
  ).flat();
}

const plan = JSON.parse(process.argv[2] ?? '[]') as readonly Loop[];
const times: Record<string, number> = {};
for (const { name, loop, path, count } of plan) {
  const run = prepared[loop](path, count);
  const began = performance.now();
  run();
  times[name] = performance.now() - began;
}
process.stdout.write(JSON.stringify(times));
