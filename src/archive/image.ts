/**
 * An image as `docker load` takes it (Docker image specification 1.2, "Combined Image JSON + Filesystem
 * Changeset Format"): made here, so that it is the same everywhere and no registry is needed.
 */
import { createHash } from 'node:crypto';
import { type Bytes, bytes } from '../bytes.js';
import type { Layer } from './layer.js';
import { type TarEntry, tarOf } from './tar.js';

export interface ImageContent {
  /** Lowest first. */
  readonly layers: readonly Layer[];
  /** What a container of it runs. */
  readonly command: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** `NAME:TAG`; without one the image is known by its id only. */
  readonly reference?: string;
}

export interface ImageArchive {
  readonly archive: Buffer;
  /** `sha256:HEX` of the configuration: the id that every engine gives it. */
  readonly id: string;
}

const epoch = '1970-01-01T00:00:00Z';

/** The names that Go has for the architectures that Node names otherwise. */
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

export function imageArchive({ layers, command, labels, reference }: ImageContent): ImageArchive {
  const configuration = Buffer.from(
    JSON.stringify({
      architecture: architectures[process.arch] ?? process.arch,
      os: 'linux',
      created: epoch,
      config: { Cmd: command, Labels: labels },
      rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
      history: layers.map(() => ({ created: epoch, created_by: 'union-conformance' })),
    }),
  );
  const digest = createHash('sha256').update(configuration).digest('hex');
  const manifest = [
    {
      Config: `${digest}.json`,
      RepoTags: reference === undefined ? null : [reference],
      Layers: layers.map((_, index) => `${index}/layer.tar`),
    },
  ];
  const archive = tarOf([
    file(`${digest}.json`, configuration),
    ...layers.map(({ archive }, index) => file(`${index}/layer.tar`, archive)),
    file('manifest.json', Buffer.from(JSON.stringify(manifest))),
  ]);
  return { archive, id: `sha256:${digest}` };
}

function file(path: string, content: Buffer): TarEntry {
  const mtime = { seconds: 0, nanoseconds: 0 };
  return {
    kind: 'file',
    path: bytes(path) as Bytes,
    content,
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtime,
    attributes: {},
  };
}
