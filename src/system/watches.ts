/** Directories that are watched for what others change in them (inotify(7)). */
import { type Bytes, join } from '../bytes.js';
import { type Errno, errnoName } from './errno.js';
import { cString, libc, succeed } from './libc.js';

const IN_NONBLOCK = 0o4000;
const IN_CLOEXEC = 0o2000000;

const IN_MODIFY = 0x2;
const IN_ATTRIB = 0x4;
const IN_MOVED_FROM = 0x40;
const IN_MOVED_TO = 0x80;
const IN_CREATE = 0x100;
const IN_DELETE = 0x200;
const IN_Q_OVERFLOW = 0x4000;
const IN_IGNORED = 0x8000;
const IN_ONLYDIR = 0x1000000;
const IN_DONT_FOLLOW = 0x2000000;
const IN_EXCL_UNLINK = 0x4000000;

const names = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO;
const wanted = names | IN_MODIFY | IN_ATTRIB | IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK;

export type WatchEvent =
  /** A name came, went, or leads to something else; `watch` is the number of the watched directory. */
  | { readonly kind: 'name'; readonly watch: number; readonly name: Bytes }
  /** Content or attributes of what is named; of the directory itself without a name. */
  | { readonly kind: 'inode'; readonly watch: number; readonly name: Bytes }
  /** The directory is gone, and not watched any more. */
  | { readonly kind: 'end'; readonly watch: number }
  /** More happened than the kernel has kept. */
  | { readonly kind: 'overflow' };

export type Watched =
  | { readonly kind: 'watched'; readonly watch: number }
  /** ENOSPC: as many as one user may have (fs.inotify.max_user_watches). */
  | { readonly kind: 'refused'; readonly errno: Errno };

export class Watches {
  /** Readable when there are events. */
  readonly descriptor = succeed('inotify_init1', 'inotify', libc.inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  readonly #buffer = Buffer.alloc(1 << 16);

  /** A directory that is watched already has the number that it had. */
  add(root: Bytes, path: Bytes): Watched {
    const watch = libc.inotify_add_watch(this.descriptor, cString(join(root, path)), wanted);
    return watch < 0 ? { kind: 'refused', errno: errnoName(-watch) } : { kind: 'watched', watch };
  }

  remove(watch: number): void {
    libc.inotify_rm_watch(this.descriptor, watch);
  }

  /** Some of what has happened since; empty when nothing has. */
  read(): readonly WatchEvent[] {
    const length = libc.read(this.descriptor, this.#buffer, this.#buffer.length);
    const events: WatchEvent[] = [];
    for (let at = 0; at < length; at += 16 + this.#buffer.readUInt32LE(at + 12)) {
      const event = this.#eventAt(at);
      if (event !== undefined) events.push(event);
    }
    return events;
  }

  /** `struct inotify_event` */
  #eventAt(at: number): WatchEvent | undefined {
    const watch = this.#buffer.readInt32LE(at);
    const mask = this.#buffer.readUInt32LE(at + 4);
    const length = this.#buffer.readUInt32LE(at + 12);
    const padded = this.#buffer.toString('latin1', at + 16, at + 16 + length);
    const name = padded.slice(0, (padded.indexOf('\0') + 1 || length + 1) - 1) as Bytes;
    if ((mask & IN_Q_OVERFLOW) !== 0) return { kind: 'overflow' };
    if ((mask & IN_IGNORED) !== 0) return { kind: 'end', watch };
    if ((mask & names) !== 0) return { kind: 'name', watch, name };
    return { kind: 'inode', watch, name };
  }

  close(): void {
    libc.close(this.descriptor);
  }
}
