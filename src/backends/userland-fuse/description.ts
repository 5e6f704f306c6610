import { fileURLToPath } from 'node:url';
import type { MountOptions } from '../../backend.js';
import type { Capability } from '../../capability.js';
import type { Description } from '../../description/description.js';
import { inHouseCapabilities } from '../userland/capabilities.js';

const capabilities: readonly Capability[] = [...inHouseCapabilities, 'visible-to-programs'];
const program = fileURLToPath(new URL('../../union-mount/main.js', import.meta.url));

/** Characters that mean something in an option, and how they are written as what they are. */
const escapes = { ',': '\\,', ':': '\\:', '=': '\\=', '\\': '\\\\' };

/** The command that mounts the union with these options. */
export function describe(options: MountOptions): Description {
  const { creation, copyUp, directAccess = 'reval', readOnly, modes } = options;
  const words = [
    'br={branches}',
    `udba=${directAccess}`,
    ...(creation === undefined ? [] : [`create=${creation}`]),
    ...(copyUp === undefined ? [] : [`cpup=${copyUp}`]),
    ...(readOnly === true ? ['ro'] : []),
  ];
  return {
    name: 'userland-fuse',
    title: 'the in-house union, mounted through FUSE: aufs semantics without aufs',
    capabilities,
    whiteouts: 'dot-wh',
    version: [process.execPath, program, '--version'],
    device: '/dev/fuse',
    mount: [process.execPath, program, '--foreground', '-o', words.join(','), '{mountpoint}'],
    branches: {
      format: modes === 'unsaid' ? '{path}' : '{path}={mode}',
      separator: ':',
      modes: { rw: 'rw', ro: 'ro', 'ro+wh': 'ro+wh', rr: 'rr', 'rr+wh': 'rr+wh' },
    },
    paths: { escape: escapes },
    lifetime: 'foreground',
  };
}
