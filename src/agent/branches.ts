import { type Bytes, parentOf, toBuffer } from '../bytes.js';
import type { Files, OpenFile } from '../files.js';
import type { Format } from '../formats/format.js';
import { patternOf } from '../tree/content.js';
import { removeTree } from '../tree/remove-tree.js';
import type { Planted } from './protocol.js';
import { plantProgram, plantRoot } from './root-file-system.js';

/** Puts an entry into a branch, with the directories it lies in. */
export function plant(branch: Files, format: Format, path: Bytes, planted: Planted): void {
  makeParents(branch, path);
  switch (planted.kind) {
    case 'file':
      return fill(branch, path, (file) => file.write(0, toBuffer(planted.content)));
    case 'pattern':
      return fill(branch, path, (file) => file.write(0, patternOf(planted.size)));
    case 'zeros':
      return fill(branch, path, (file) => file.truncate(planted.size));
    case 'directory':
      if (branch.lookup(path) === undefined) branch.makeDirectory(path, 0o755);
      if (planted.opaque) format.makeOpaque(branch, path);
      break;
    case 'symlink':
      branch.makeSymlink(path, planted.target);
      break;
    case 'link':
      branch.link(planted.to, path);
      break;
    case 'whiteout':
      format.whiteOut(branch, path);
      break;
    case 'root':
      plantRoot(branch, path, planted.programs);
      break;
    case 'program':
      plantProgram(branch, path, planted.program);
      break;
    case 'fifo':
    case 'socket':
      branch.makeNode(path, planted.kind, 0o644);
      break;
    default:
      branch.makeNode(path, planted.kind, 0o644, planted.device);
  }
}

/** Removes an entry, with everything below it, or the whiteout of that name. */
export function uproot(branch: Files, format: Format, path: Bytes): void {
  const found = branch.lookup(path);
  if (found === undefined) format.removeWhiteout(branch, path);
  else removeTree(branch, path, found.kind === 'directory');
}

function fill(branch: Files, path: Bytes, write: (file: OpenFile) => void): void {
  const file = branch.open(path, ['O_WRONLY', 'O_CREAT', 'O_TRUNC'], 0o644);
  write(file);
  file.close();
}

function makeParents(branch: Files, path: Bytes): void {
  const parent = parentOf(path);
  if (parent === '' || branch.lookup(parent) !== undefined) return;
  makeParents(branch, parent);
  branch.makeDirectory(parent, 0o755);
}
