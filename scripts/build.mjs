// Compiles TypeScript to dist/ and copies what is read at run time beside it.
// Does nothing when dist/ is newer than every source, so that `npm run conformance`
// also works for a user who may read the checkout but not write to it.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = ['src', 'steps', 'fixtures', 'scripts'];
const stamp = join(root, 'dist', '.built');
const assets = /\.(ya?ml|css|html|js|json)$/;

function readFiles(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Whether a file of dist/ has no source any more: a backend or step that was removed must not linger. */
function isStale(file) {
  const path = join(root, file.slice(join(root, 'dist/').length));
  const isOurs = sources.some((folder) => path.startsWith(join(root, folder, '/')));
  const candidates = [path, path.replace(/\.js(\.map)?$/, '.ts')];
  return isOurs && !candidates.some((candidate) => existsSync(candidate));
}

const files = sources.flatMap(readFiles);
const newest = Math.max(
  ...[...files, ...['package.json', 'tsconfig.json'].map((name) => join(root, name))].map(
    (file) => statSync(file).mtimeMs,
  ),
);
const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (newest > built) {
  const started = new Date();
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', root], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  for (const file of files.filter((name) => assets.test(name) && !name.startsWith(join(root, 'scripts')))) {
    cpSync(file, join(root, 'dist', file.slice(root.length)));
  }
  for (const bin of ['cli/main', 'union-mount/main', 'union-mount/umount']) {
    chmodSync(join(root, `dist/src/${bin}.js`), 0o755);
  }
  for (const file of readFiles('dist').filter(isStale)) rmSync(file);
  writeFileSync(stamp, '');
  utimesSync(stamp, started, started);
}
