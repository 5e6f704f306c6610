/** What is twinned: each family breaks rules of another kind of thing, and answers for other scenarios. */
import type { Scenario } from '../outcome.js';

export interface Family {
  /** Below `fixtures/`: every module of the folder itself is a twin. */
  readonly folder: string;
  /** The backend whose twins they are: what holds on it can catch something. */
  readonly healthy: string;
  answersFor(scenario: Pick<Scenario, 'uri'>): boolean;
}

const containers = 'features/container/';
const images = 'features/image/';
const mounted = [
  ...['branch-management', 'direct-changes', 'mapping-and-locks', 'open-files', 'permissions'].map(
    (name) => `features/union/${name}.feature`,
  ),
  'features/container/root-file-systems.feature',
];

export const families: readonly Family[] = [
  {
    folder: 'faulty-unions',
    healthy: 'userland',
    answersFor: ({ uri }) => !uri.startsWith(containers) && !uri.startsWith(images),
  },
  {
    // Their union is right, so it is one that every machine with containers has.
    folder: 'faulty-runtimes',
    healthy: 'overlay',
    answersFor: ({ uri }) => uri.startsWith(containers),
  },
  {
    // What only a mounted union can break: the other rules are those of the engine, and have their twins above.
    folder: 'faulty-mounts',
    healthy: 'userland-fuse',
    answersFor: ({ uri }) => mounted.includes(uri),
  },
  {
    folder: 'faulty-engines',
    healthy: 'docker',
    answersFor: ({ uri }) => uri.startsWith(images),
  },
];
