/** Random changes of a small tree, and what it holds after them: pure, the same for the same seed. */
export type Entry = { readonly mode: number; readonly content: string } | 'directory';

/** By path, without a leading slash. */
export type Model = ReadonlyMap<string, Entry>;

export type Change =
  /** Written under another name and renamed: there is no moment without a whole file. */
  | { readonly change: 'replace'; readonly path: string; readonly content: string }
  | { readonly change: 'delete' | 'mkdir' | 'rmdir'; readonly path: string }
  | { readonly change: 'chmod'; readonly path: string; readonly mode: number }
  | { readonly change: 'rename'; readonly path: string; readonly to: string }
  | { readonly change: 'truncate'; readonly path: string; readonly size: number };

/** What is not a change of the tree but on its way to one. */
export const TEMPORARY = 'temporary';

const files = Array.from({ length: 16 }, (_, index) => `f${index}`);
const directories = Array.from({ length: 5 }, (_, index) => `d${index}`);

/** What the lower branches hold. */
export const beginning: Model = new Map<string, Entry>([
  ...files.map((path) => [path, { mode: 0o644, content: contentOf(path, 0) }] as const),
  ...directories.flatMap((path): [string, Entry][] => [
    [path, 'directory'],
    [`${path}/x`, { mode: 0o644, content: contentOf(path, 1) }],
    [`${path}/y`, { mode: 0o640, content: contentOf(path, 2) }],
  ]),
]);

/** A file that tells at each place which one it is. */
function contentOf(path: string, version: number): string {
  const line = `${path} ${version} `;
  return line.repeat(1 + ((version * 7919 + path.length * 104_729) % 12_000));
}

export type Random = (below: number) => number;

/** A change that can be made to what there is. */
export function randomChange(model: Model, random: Random, version: number): Change {
  const pick = <T>(values: readonly T[]): T => values[random(values.length)] as T;
  const isFile = (path: string) => model.has(path) && model.get(path) !== 'directory';
  const places = [
    ...files,
    ...directories.filter((path) => model.has(path)).flatMap((path) => [`${path}/x`, `${path}/y`]),
  ];
  const existing = places.filter(isFile);
  const directory = pick(directories);
  if (!model.has(directory)) return { change: 'mkdir', path: directory };
  if (!model.has(`${directory}/x`) && !model.has(`${directory}/y`)) {
    return { change: 'rmdir', path: directory };
  }
  const kind = existing.length === 0 ? 'replace' : pick(['replace', 'delete', 'chmod', 'rename', 'truncate']);
  if (kind === 'replace') {
    const path = pick(places);
    return { change: 'replace', path, content: contentOf(path, version) };
  }
  const path = pick(existing);
  if (kind === 'chmod') return { change: 'chmod', path, mode: pick([0o600, 0o640, 0o644, 0o755]) };
  if (kind === 'truncate') return { change: 'truncate', path, size: random(sizeOf(model, path) + 1) };
  if (kind === 'rename') return { change: 'rename', path, to: pick(places) };
  return { change: 'delete', path };
}

function sizeOf(model: Model, path: string): number {
  const entry = model.get(path);
  return entry === undefined || entry === 'directory' ? 0 : entry.content.length;
}

/** The model after a change. */
export function changed(model: Model, change: Change): Model {
  const next = new Map(model);
  const entry = model.get(change.path);
  const file = entry === undefined || entry === 'directory' ? { mode: 0o644, content: '' } : entry;
  switch (change.change) {
    case 'replace':
      next.set(change.path, { mode: 0o644, content: change.content });
      break;
    case 'mkdir':
      next.set(change.path, 'directory');
      break;
    case 'chmod':
      next.set(change.path, { ...file, mode: change.mode });
      break;
    case 'truncate':
      next.set(change.path, { ...file, content: file.content.slice(0, change.size) });
      break;
    case 'rename':
      next.delete(change.path);
      next.set(change.to, file);
      break;
    default:
      next.delete(change.path);
  }
  return next;
}

/** What two trees differ in, for people; undefined when they are the same. */
export function difference(expected: Model, seen: Model): string | undefined {
  for (const path of new Set([...expected.keys(), ...seen.keys()])) {
    const [one, other] = [show(expected.get(path)), show(seen.get(path))];
    if (one !== other) return `${path}: ${other}, expected ${one}`;
  }
  return undefined;
}

function show(entry: Entry | undefined): string {
  if (entry === undefined) return 'nothing';
  if (entry === 'directory') return 'a directory';
  const { mode, content } = entry;
  const pieces = content.length < 60 ? content : `${content.slice(0, 20)}…${content.slice(-20)}`;
  const sum = [...content].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 7);
  return `${mode.toString(8)}, ${content.length} bytes "${pieces}" ${sum}`;
}
