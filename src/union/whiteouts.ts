import { type Bytes, join, nameOf } from '../bytes.js';
import { isLongMarker, OPAQUE_MARKER, whiteoutOf, writeLongMarker } from '../formats/dot-wh.js';
import { SystemError } from '../system/errno.js';
import { ignoring, ORPHANS, WHITEOUT_BASE } from './bookkeeping.js';
import type { Entry } from './entry.js';
import { Listing } from './listing.js';

/** Failures of link(2) after which a whiteout becomes a file of its own, as with aufs' `rw+nolwh`. */
const noLinks = new Set(['EMLINK', 'ENOENT', 'EXDEV', 'EPERM', 'EOPNOTSUPP']);

/** Makes and removes the markers of a writable branch. */
export abstract class Whiteouts extends Listing {
  /** Hides a path of lower branches. */
  protected whiteOut(branch: number, path: Bytes): void {
    const marker = whiteoutOf(path);
    if (isLongMarker(nameOf(marker))) this.markLong(branch, marker, path);
    else this.mark(branch, marker);
  }

  /** There as a whole or not at all: without its content it would hide the name from lookups only. */
  protected markLong(branch: number, marker: Bytes, path: Bytes): void {
    const temporary = join(ORPHANS, nameOf(marker));
    writeLongMarker(this.files(branch), temporary, path);
    this.files(branch).rename(temporary, marker, 'replace');
  }

  protected makeOpaque(branch: number, directory: Bytes): void {
    this.mark(branch, join(directory, OPAQUE_MARKER));
  }

  /** After something new is at the path: what is below stays hidden by it. */
  protected removeWhiteout(branch: number, path: Bytes): void {
    const marker = whiteoutOf(path);
    if (this.files(branch).lookup(marker) !== undefined) this.files(branch).unlink(marker);
  }

  /** Whether a name would show through if a branch did not have it: only then is a whiteout needed. */
  protected isVisibleBelow(branch: number, directory: Entry, name: Bytes): boolean {
    const below = directory.parts.filter((part) => part > branch);
    return this.search(join(directory.path, name), below) !== undefined;
  }

  /** Before an entry of a branch goes away. */
  protected coverName(branch: number, directory: Entry, path: Bytes): void {
    if (this.isVisibleBelow(branch, directory, nameOf(path))) this.whiteOut(branch, path);
  }

  /** Size 0, mode 0444, a hard link like all others (measured in aufs). */
  protected mark(branch: number, marker: Bytes): void {
    try {
      this.files(branch).link(WHITEOUT_BASE, marker);
    } catch (failure) {
      if (!(failure instanceof SystemError)) throw failure;
      if (failure.errno === 'EEXIST') return;
      if (!noLinks.has(failure.errno)) throw failure;
      ignoring('EEXIST', () => this.files(branch).makeNode(marker, 'file', 0o444));
    }
  }
}
