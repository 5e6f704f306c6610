import type { BranchMode, CopyUpPolicy, CreationPolicy, DirectAccess, MountOptions } from '../backend.js';
import { UsageError } from '../catalogue/usage-error.js';
import { didYouMean } from '../description/did-you-mean.js';
import type { MountFlags } from '../system/mount.js';

/** A branch as it is written: its path may be relative, its mode left out. */
export interface WrittenBranch {
  readonly path: string;
  readonly mode: BranchMode | undefined;
}

export type WrittenChange =
  | { readonly change: 'append' | 'prepend' | 'mode'; readonly branch: WrittenBranch }
  | { readonly change: 'insert'; readonly branch: WrittenBranch; readonly at: number }
  | { readonly change: 'delete'; readonly branch: WrittenBranch };

/** What the options behind `-o` say. */
export interface WrittenOptions {
  readonly branches: readonly WrittenBranch[];
  readonly changes: readonly WrittenChange[];
  readonly remount: boolean;
  readonly allowOther: boolean;
  readonly mount: MountOptions;
  readonly flags: MountFlags;
}

const modes: Readonly<Record<string, BranchMode>> = {
  rw: 'rw',
  ro: 'ro',
  rr: 'rr',
  'ro+wh': 'ro+wh',
  'rr+wh': 'rr+wh',
};

const creation: Readonly<Record<string, CreationPolicy>> = {
  tdp: 'tdp',
  'top-down-parent': 'tdp',
  rr: 'rr',
  'round-robin': 'rr',
  mfs: 'mfs',
  'most-free-space': 'mfs',
  pmfs: 'pmfs',
};

const copyUp: Readonly<Record<string, CopyUpPolicy>> = {
  tdp: 'tdp',
  'top-down-parent': 'tdp',
  bup: 'bup',
  'bottom-up-parent': 'bup',
  bu: 'bu',
  'bottom-up': 'bu',
};

const directAccess: Readonly<Record<string, DirectAccess>> = {
  none: 'none',
  reval: 'reval',
  notify: 'notify',
};

type Draft = { -readonly [Key in keyof WrittenOptions]: WrittenOptions[Key] };
type Reader = (draft: Draft, value: string) => void;

/** The options, by name: with a value, `br=…` or as aufs also takes it `br:…`, or without. */
const readers: Readonly<Record<string, Reader>> = {
  br: addBranches,
  dirs: addBranches,
  udba: (draft, value) => {
    draft.mount = { ...draft.mount, directAccess: oneOf(directAccess, 'udba', value) };
  },
  create: (draft, value) => {
    draft.mount = { ...draft.mount, creation: oneOf(creation, 'create', value) };
  },
  cpup: (draft, value) => {
    draft.mount = { ...draft.mount, copyUp: oneOf(copyUp, 'cpup', value) };
  },
  append: (draft, value) => change(draft, { change: 'append', branch: branchOf(value) }),
  prepend: (draft, value) => change(draft, { change: 'prepend', branch: branchOf(value) }),
  mod: (draft, value) => change(draft, { change: 'mode', branch: branchOf(value) }),
  del: (draft, value) => change(draft, { change: 'delete', branch: branchOf(value) }),
  add: insert,
  ins: insert,
};

/** The options that are a word. */
const words: Readonly<Record<string, (draft: Draft) => void>> = {
  ro: (draft) => {
    draft.mount = { ...draft.mount, readOnly: true };
  },
  rw: (draft) => {
    draft.mount = { ...draft.mount, readOnly: false };
  },
  passthrough: (draft) => {
    draft.mount = { ...draft.mount, passThrough: true };
  },
  awake: (draft) => {
    draft.mount = { ...draft.mount, awake: true };
  },
  remount: (draft) => {
    draft.remount = true;
  },
  allow_other: (draft) => {
    draft.allowOther = true;
  },
  nosuid: flag({ noSuid: true }),
  suid: flag({ noSuid: false }),
  nodev: flag({ noDevices: true }),
  dev: flag({ noDevices: false }),
  noexec: flag({ noExec: true }),
  exec: flag({ noExec: false }),
  noatime: flag({ noAtime: true }),
  atime: flag({ noAtime: false }),
};

/** @throws UsageError naming the option and what there is instead. */
export function readOptions(texts: readonly string[]): WrittenOptions {
  const draft: Draft = {
    branches: [],
    changes: [],
    remount: false,
    allowOther: false,
    mount: {},
    flags: {},
  };
  for (const option of texts.flatMap((text) => split(text, ','))) {
    if (option !== '') readOption(draft, option);
  }
  return draft;
}

function readOption(draft: Draft, option: string): void {
  const word = words[option];
  if (word !== undefined) return word(draft);
  const [, name = option, value] = /^([^=:]+)[=:](.*)$/s.exec(option) ?? [];
  const reader = readers[name];
  if (reader === undefined) {
    const known = [...Object.keys(readers), ...Object.keys(words)];
    throw new UsageError(`-o ${option}: there is no option ${name}: ${didYouMean(name, known)}`);
  }
  if (value === undefined || value === '') throw new UsageError(`-o ${option}: ${name}= needs a value`);
  reader(draft, value);
}

function addBranches(draft: Draft, value: string): void {
  draft.branches = [...draft.branches, ...split(value, ':').map(branchOf)];
}

function insert(draft: Draft, value: string): void {
  const [, at, branch] = /^(\d+):(.+)$/s.exec(value) ?? [];
  if (at === undefined || branch === undefined) {
    throw new UsageError(`-o add:${value}: it is written add:INDEX:DIRECTORY=MODE`);
  }
  change(draft, { change: 'insert', at: Number(at), branch: branchOf(branch) });
}

function change(draft: Draft, written: WrittenChange): void {
  draft.changes = [...draft.changes, written];
}

function flag(flags: MountFlags): (draft: Draft) => void {
  return (draft) => {
    draft.flags = { ...draft.flags, ...flags };
  };
}

/** `DIRECTORY=MODE`; aufs' `+nolwh`, which whiteouts need not be told here, is taken for nothing. */
function branchOf(text: string): WrittenBranch {
  const [path = '', mode, ...more] = split(text, '=');
  if (path === '') throw new UsageError(`-o br=…${text}: a branch needs a directory`);
  if (mode === undefined) return { path: unescaped(path), mode: undefined };
  const known = more.length > 0 ? undefined : modes[mode.replace('+nolwh', '')];
  if (known === undefined) {
    const wrong = [mode, ...more].join('=');
    throw new UsageError(
      `branch ${unescaped(path)}: there is no mode ${wrong}: ${didYouMean(wrong, Object.keys(modes))}`,
    );
  }
  return { path: unescaped(path), mode: known };
}

function oneOf<T>(table: Readonly<Record<string, T>>, option: string, value: string): T {
  const found = Object.hasOwn(table, value) ? table[value] : undefined;
  if (found === undefined) {
    throw new UsageError(
      `-o ${option}=${value}: there is no such ${option}: ${didYouMean(value, Object.keys(table))}`,
    );
  }
  return found;
}

/** At a separator that no backslash takes its meaning from. */
function split(text: string, separator: string): string[] {
  const parts = [''];
  for (const [character] of text.matchAll(/\\.|./gs)) {
    if (character === separator) parts.push('');
    else parts.push(`${parts.pop()}${character}`);
  }
  return parts;
}

function unescaped(text: string): string {
  return text.replace(/\\([,:=\\])/g, '$1');
}
