/** The probes of what a scenario needs of the host: each does the thing once on a plain directory. */
import { ACCESS_ACL, aclGranting } from '../access-control-list.js';
import { type Bytes, bytes, parentOf, toBuffer } from '../bytes.js';
import type { Requirement } from '../requirement.js';
import { SystemError } from '../system/errno.js';
import { ImageRegistry } from '../system/image-registry.js';
import { openLoopDevice } from '../system/loop-device.js';
import { Lxcfs } from '../system/lxcfs.js';
import { mountFileSystem, unmountFileSystem } from '../system/mount.js';
import { runProgram } from '../system/programs.js';
import type { CapabilityAnswer } from './capability-probes.js';
import { controlGroupProbes } from './control-group-probes.js';
import { Refused, type RequirementProbe } from './requirement-probe.js';
import { librariesOf } from './root-file-system.js';
import type { WorkArea } from './work-area.js';

const asRoot = 'run as root (sudo, or a container with CAP_CHOWN, CAP_SETUID and CAP_MKNOD)';

const probes: Readonly<Record<Requirement, RequirementProbe>> = {
  root: {
    attempt(files, path) {
      files.setOwner(path, 65534, 65534);
      files.actAs({ uid: 65534, gid: 65534, groups: [] });
      files.actAs(undefined);
    },
    remedy: asRoot,
  },
  'device-nodes': {
    attempt: (files, path) =>
      files.makeNode(`${path}.node` as Bytes, 'character-device', 0o600, { major: 1, minor: 3 }),
    remedy: asRoot,
  },
  'user-attributes': {
    attempt: (files, path) => files.setAttribute(path, bytes('user.probe'), Buffer.from('v'), 'set'),
    remedy: 'a kernel from 6.6 on with CONFIG_TMPFS_XATTR, which keeps user.* attributes on tmpfs',
  },
  'trusted-attributes': {
    attempt: (files, path) => files.setAttribute(path, bytes('trusted.probe'), Buffer.from('v'), 'set'),
    remedy: asRoot,
  },
  'access-control-lists': {
    attempt: (files, path) => files.setAttribute(path, ACCESS_ACL, toBuffer(aclGranting(0, 4)), 'set'),
    remedy: 'a kernel with CONFIG_TMPFS_POSIX_ACL',
  },
  'direct-io': {
    attempt: (files, path) => files.open(path, ['O_RDONLY', 'O_DIRECT']).close(),
    remedy: 'a kernel from 6.6 on, whose tmpfs takes O_DIRECT',
  },
  mounts: {
    attempt(_, path, area) {
      if (!area.isolated) throw new SystemError('EPERM', 'mount');
      const directory = `${area.path}/${parentOf(path)}` as Bytes;
      mountFileSystem('tmpfs', 'tmpfs', directory, 'size=1048576');
      unmountFileSystem(directory);
    },
    remedy: 'run where mount namespaces are allowed: as root, or with unprivileged user namespaces',
  },
  busybox: {
    attempt: () => {
      if (librariesOf('busybox').length > 0)
        throw new SystemError('ENOEXEC', 'busybox without its libraries');
    },
    remedy: 'apt-get install busybox-static',
  },
  'linked-programs': {
    attempt: () => {
      for (const program of ['bash', 'ls']) librariesOf(program);
    },
    remedy: 'apt-get install bash coreutils libc-bin',
  },
  'time-namespaces': {
    attempt: () => {
      const { status, output } = runProgram(['unshare', '--time', '--fork', 'true'], '/');
      if (status !== 0) throw new SystemError('EINVAL', output.trim());
    },
    remedy: 'a kernel from 5.6 on with CONFIG_TIME_NS, and util-linux from 2.36 on',
  },
  editor: {
    attempt: () => {
      runProgram(['ex', '-u', 'NONE', '-s', '-c', 'q!'], '/');
    },
    remedy: 'apt-get install vim-tiny',
  },
  'loop-devices': {
    attempt: (_, path, area) => openLoopDevice(`${area.path}/${path}.image` as Bytes, 1_048_576).close(),
    remedy: 'run as root on a kernel with CONFIG_BLK_DEV_LOOP (modprobe loop), where /dev/loop-control is',
  },
  lxcfs: {
    attempt: (_, path, area) => Lxcfs.start(`${area.path}/${parentOf(path)}` as Bytes).end(),
    remedy: 'apt-get install lxcfs, and run as root where /dev/fuse is',
  },
  'image-registry': {
    attempt(_, path, area) {
      const place = `${area.path}/${parentOf(path)}` as Bytes;
      ImageRegistry.start(place, `${place}/storage` as Bytes, '/proc/self/ns/net').end();
    },
    remedy: 'apt-get install docker-registry, and run as root',
  },
  ...controlGroupProbes,
};

export function probeRequirement(requirement: Requirement, area: WorkArea): CapabilityAnswer {
  const { attempt, remedy } = probes[requirement];
  const place = area.create();
  const path = `${place.name}/probe` as Bytes;
  try {
    area.files.open(path, ['O_WRONLY', 'O_CREAT'], 0o644).close();
    attempt(area.files, path, area);
    return { present: true, reason: '', remedy };
  } catch (failure) {
    if (!(failure instanceof SystemError || failure instanceof Refused)) throw failure;
    return { present: false, reason: failure.message.replace(/ \S*probe\S*/, ''), remedy };
  } finally {
    area.remove(place.name);
  }
}
