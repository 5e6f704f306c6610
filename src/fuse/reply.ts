import type { Bytes } from '../bytes.js';
import type { DirectoryEntry, FileSystemStat, Stat, Time } from '../files.js';
import { type Errno, errnoNumber } from '../system/errno.js';
import { typeBits } from '../system/stat.js';
import { OUT_HEADER, VERSION } from './protocol.js';

const ENTRY = 128;
const LARGEST_DATA = 1 << 20;

/** How long the kernel may go on with what it was told, in seconds. */
export interface Validity {
  readonly entry: number;
  readonly attributes: number;
}

/** `struct fuse_open_out`. */
export interface Opened {
  readonly handle: number;
  /** FOPEN_*. */
  readonly flags: number;
  /** With FOPEN_PASSTHROUGH the number of what the kernel works on, else 0. */
  readonly backing: number;
}

/**
 * The answer to a request, in a buffer that is used again for the next one. Each method writes a
 * whole answer and returns how long it is; the body of READ and the like is put into `body`
 * first.
 */
export class Reply {
  readonly buffer = Buffer.alloc(OUT_HEADER + LARGEST_DATA);
  /** The part of the buffer behind the header. */
  readonly body = this.buffer.subarray(OUT_HEADER);
  /** The same in words of 32 bits, as the machine has them. */
  readonly #header = new Uint32Array(this.buffer.buffer, this.buffer.byteOffset, OUT_HEADER / 4);
  readonly #words = new Uint32Array(this.buffer.buffer, this.body.byteOffset, LARGEST_DATA / 4);
  #validity: Validity;
  #unique = 0;

  constructor(validity: Validity) {
    this.#validity = validity;
  }

  /** Whether the kernel may go on with what it is told, and list a directory from memory. */
  get isRemembered(): boolean {
    return this.#validity.entry > 0;
  }

  /** From now on nothing is remembered. */
  beForgotten(): void {
    this.#validity = { entry: 0, attributes: 0 };
  }

  /** Begins the answer to a request. */
  start(unique: number): void {
    this.#unique = unique;
  }

  /** No answer is expected. */
  none(): number {
    return 0;
  }

  empty(): number {
    return this.#finish(0, 0);
  }

  error(errno: Errno): number {
    return this.#finish(0, errnoNumber(errno));
  }

  /** The first bytes of `body`, as they are. */
  data(length: number): number {
    return this.#finish(length, 0);
  }

  bytes(text: Bytes): number {
    return this.data(this.body.write(text, 0, 'latin1'));
  }

  /** A number of bytes: written, copied, or needed for an extended attribute. */
  count(bytes: number): number {
    this.#long(0, bytes);
    return this.data(8);
  }

  entry(node: number, stat: Stat): number {
    this.#entry(0, node, stat);
    return this.data(ENTRY);
  }

  /** There is no such name, and that may be remembered. */
  noEntry(): number {
    this.body.fill(0, 0, ENTRY);
    this.#timeout(16, 32, this.#validity.entry);
    return this.data(ENTRY);
  }

  attributes(stat: Stat): number {
    this.#timeout(0, 8, this.#validity.attributes);
    this.#word(12, 0);
    this.#attributes(16, stat);
    return this.data(104);
  }

  opened(opened: Opened): number {
    this.#opened(0, opened);
    return this.data(16);
  }

  created(node: number, stat: Stat, opened: Opened): number {
    this.#entry(0, node, stat);
    this.#opened(ENTRY, opened);
    return this.data(ENTRY + 16);
  }

  statfs(stat: FileSystemStat): number {
    const { blocks, blocksFree, blocksAvailable, files, filesFree, blockSize, nameMax, fragmentSize } = stat;
    [blocks, blocksFree, blocksAvailable, files, filesFree].forEach((value, index) => {
      this.#long(8 * index, value);
    });
    this.#word(40, blockSize);
    this.#word(44, nameMax);
    this.#word(48, fragmentSize);
    this.body.fill(0, 52, 80);
    return this.data(80);
  }

  init(answer: {
    readonly minor: number;
    readonly readAhead: number;
    readonly flags: number;
    readonly flags2: number;
    readonly stackDepth: number;
  }): number {
    this.body.fill(0, 0, 64);
    this.#word(0, VERSION.major);
    this.#word(4, answer.minor);
    this.#word(8, answer.readAhead);
    this.#word(12, answer.flags);
    this.body.writeUInt16LE(64, 16); // requests in the background, and when the kernel slows down
    this.body.writeUInt16LE(48, 18);
    this.#word(20, LARGEST_DATA);
    this.#word(24, 1); // nanoseconds
    this.body.writeUInt16LE(LARGEST_DATA / 4096, 28);
    this.#word(32, answer.flags2);
    this.#word(36, answer.stackDepth);
    return this.data(64);
  }

  /** How many bytes the name takes in a listing. */
  static listedSize(name: Bytes, withStat: boolean): number {
    return (withStat ? ENTRY : 0) + ((24 + name.length + 7) & ~7);
  }

  /**
   * Puts one name of a listing at `at` of `body`, with the offset of what follows it; with `stat`
   * as READDIRPLUS has it, where node 0 means that nothing is said of the entry.
   */
  listed(at: number, { name, ino, kind }: DirectoryEntry, next: number, node?: number, stat?: Stat): void {
    let position = at;
    if (node !== undefined) {
      if (stat === undefined) this.body.fill(0, at, at + ENTRY);
      else this.#entry(at, node, stat);
      position += ENTRY;
    }
    this.#inode(position, ino);
    this.#long(position + 8, next);
    this.#word(position + 16, name.length);
    this.#word(position + 20, typeBits[kind] >> 12);
    const end = position + 24 + this.body.write(name, position + 24, 'latin1');
    this.body.fill(0, end, (end + 7) & ~7);
  }

  #finish(length: number, errno: number): number {
    const total = OUT_HEADER + length;
    this.#header[0] = total;
    this.#header[1] = -errno;
    this.#header[2] = this.#unique;
    this.#header[3] = this.#unique / 0x1_0000_0000;
    return total;
  }

  #entry(at: number, node: number, stat: Stat): void {
    this.#long(at, node);
    this.#long(at + 8, 0); // generation: a node number is never used again
    this.#timeout(at + 16, at + 32, this.#validity.entry);
    this.#timeout(at + 24, at + 36, this.#validity.attributes);
    this.#attributes(at + 40, stat);
  }

  #attributes(at: number, stat: Stat): void {
    const { major, minor } = stat.device;
    this.#inode(at, stat.ino);
    this.#long(at + 8, stat.size);
    this.#long(at + 16, stat.blocks);
    this.#time(at + 24, at + 48, stat.atime);
    this.#time(at + 32, at + 52, stat.mtime);
    this.#time(at + 40, at + 56, stat.ctime);
    this.#word(at + 60, typeBits[stat.kind] | stat.mode);
    this.#word(at + 64, stat.nlink);
    this.#word(at + 68, stat.uid);
    this.#word(at + 72, stat.gid);
    // new_encode_dev() of linux/kdev_t.h
    this.#word(at + 76, (minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12));
    this.#word(at + 80, 4096);
    this.#word(at + 84, 0);
  }

  #opened(at: number, { handle, flags, backing }: Opened): void {
    this.#long(at, handle);
    this.#word(at + 8, flags);
    this.#word(at + 12, backing);
  }

  #timeout(secondsAt: number, nanosecondsAt: number, seconds: number): void {
    const whole = Math.floor(seconds);
    this.#long(secondsAt, whole);
    this.#word(nanosecondsAt, Math.round((seconds - whole) * 1e9));
  }

  #time(secondsAt: number, nanosecondsAt: number, time: Time): void {
    this.#long(secondsAt, time.seconds);
    this.#word(nanosecondsAt, time.nanoseconds);
  }

  #inode(at: number, ino: string): void {
    const number = Number(ino);
    if (number <= Number.MAX_SAFE_INTEGER) this.#long(at, number);
    else this.body.writeBigUInt64LE(BigInt.asUintN(64, BigInt(ino)), at);
  }

  #long(at: number, value: number): void {
    this.#words[at >> 2] = value;
    this.#words[(at >> 2) + 1] = Math.floor(value / 0x1_0000_0000);
  }

  #word(at: number, value: number): void {
    this.#words[at >> 2] = value;
  }
}
