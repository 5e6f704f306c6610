/** What `npm test` is made of: each stage prints what it does and ends with its counts. */
import { existsSync } from 'node:fs';
import { withDir } from 'tmp-promise';
import { $, type ProcessOutput } from 'zx';
import { listBackends } from '../src/backends/load-backend.js';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Stage {
  readonly name: string;
  run(): Promise<Counts>;
}

/** Shows the program's output as it comes and never throws: the exit code is a result. */
const shown = $({ nothrow: true, stdio: ['ignore', 'pipe', 'inherit'], verbose: true, quiet: false });

/** With the same engine wherever it runs. */
const privately = shown({ env: { ...process.env, UNION_CONFORMANCE_ENGINE: 'private' } });

const main = 'dist/src/cli/main.js';

/** A stage that holds or does not: one test. */
function check(name: string, command: () => Promise<ProcessOutput>): Stage {
  return {
    name,
    async run() {
      const { exitCode } = await command();
      return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
    },
  };
}

/**
 * A stage whose last line is `N passed, N failed, N skipped`. A bad exit code counts when that
 * line does not say why, and so does a line that is not there.
 */
function counted(name: string, command: () => Promise<ProcessOutput>): Stage {
  return {
    name,
    async run() {
      const { stdout, exitCode } = await command();
      const line = /(\d+) passed, (\d+) failed, (\d+) skipped\s*$/.exec(stdout);
      const [passed, failed, skipped] = (line ?? [0, 0, 0, 0]).slice(1).map(Number) as [
        number,
        number,
        number,
      ];
      const unexplained = line === null || (exitCode !== 0 && failed === 0) ? 1 : 0;
      return { passed, failed: failed + unexplained, skipped };
    },
  };
}

/** The closing lines of Node's own test runner. */
function unitTests(): Stage {
  return {
    name: 'unit tests',
    async run() {
      const { stdout, exitCode } =
        await shown`node --test --test-reporter=spec ${['dist/src/', 'dist/steps/', 'dist/scripts/union-bench/', 'dist/scripts/workloads/']}`;
      const count = (word: string) => Number(new RegExp(`^ℹ ${word} (\\d+)$`, 'm').exec(stdout)?.[1] ?? 0);
      const failed = count('fail') + count('cancelled');
      const unexplained = count('pass') === 0 || (exitCode !== 0 && failed === 0) ? 1 : 0;
      return {
        passed: count('pass'),
        failed: failed + unexplained,
        skipped: count('skipped') + count('todo'),
      };
    },
  };
}

/**
 * The suite as somebody who is not root. The copy of /dev/fuse is what udev's rule for
 * fuse3 makes of it (mode 0666); the mount namespace takes it along when it ends.
 */
const asOrdinaryUser = `
set -eu
if [ -e /dev/fuse ]; then
  mount -t tmpfs -o mode=0755 none /media
  mknod -m 0666 /media/fuse c 10 229
  mount --bind /media/fuse /dev/fuse
fi
exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
`;

/** A directory for one stage, removed with everything in it. */
async function inDirectory<T>(name: string, use: (path: string) => Promise<T>): Promise<T> {
  return withDir(({ path }) => use(path), { prefix: `union-conformance-${name}`, unsafeCleanup: true });
}

function ordinaryUser(): Stage {
  return counted('the suite as an ordinary user', () =>
    inDirectory('user', async (path) => {
      const backends = '--backend=userland,userland-fuse,overlay,fuse-overlayfs';
      const suite = ['node', main, backends, `--report=${path}/report`, '--quiet'];
      await $`chmod 0777 ${path}`;
      return shown`unshare --mount --propagation private sh -c ${asOrdinaryUser} sh ${suite}`;
    }),
  );
}

/** What the package's commands do for whoever mounts with them, and after a server was killed. */
const mountAndUnmount = `
set -eu
mkdir image1 image2 container
echo lower > image2/file
npx union-mount -o br=image1:image2 container
test "$(ls container)" = file
echo changed > container/file
npx union-umount container
test "$(cat image1/file image2/file)" = "$(printf 'changed\\nlower')"
node_modules/.bin/union-mount --foreground -o br=image1:image2 container &
until ls container | grep -q file; do sleep 0.1; done
kill -KILL $!
wait $! || true
npx union-mount -o br=image1:image2 container 2> refusal && exit 1
grep -q 'whose daemon was killed is still mounted' refusal
npx union-umount container
npx union-mount -o br=image1:image2 container
test "$(cat container/file)" = changed
npx union-umount container
mkdir image2/place image3
npx union-mount -o br=image1:image2,udba=none container
ls container/place
mount -t tmpfs none container/place
npx union-mount -o remount,append:image3 container
ls container/place
mountpoint -q container/place
umount container/place
npx union-umount container
`;

/** The package as somebody gets it who installs it: another directory, no sources, no development tools. */
function installedPackage(canMount: boolean): Stage {
  return {
    name: 'the installed package',
    run: () =>
      inDirectory('installed', async (path) => {
        await $`npm pack --silent --pack-destination ${path}`;
        const there = $({ cwd: path });
        await there`npm init -y`;
        await there`sh -c 'npm install --silent --no-audit --no-fund --prefer-offline ./*.tgz'`;
        const here = shown({ cwd: path });
        const { passed, failed, skipped } = await counted(
          '',
          () => here`npx union-conformance --quiet`,
        ).run();
        if (!canMount) {
          console.log(
            'skipped: union-mount and union-umount: not root, or there is no /dev/fuse: modprobe fuse',
          );
          return { passed, failed, skipped: skipped + 1 };
        }
        const { exitCode } =
          await here`timeout 120 unshare --pid --fork --mount-proc --propagation private sh -c ${mountAndUnmount}`;
        console.log(
          `union-mount and union-umount: ${exitCode === 0 ? 'a union came and went' : `exit code ${exitCode}`}`,
        );
        return exitCode === 0
          ? { passed: passed + 1, failed, skipped }
          : { passed, failed: failed + 1, skipped };
      }),
  };
}

/** An engine takes a hundred times longer over each scenario: it has stages of its own. */
const quickBackends = listBackends()
  .filter((name) => !['docker', 'podman'].includes(name))
  .join();

/** A part of the suite in the guest kernel that is installed; which one is installed depends on the distribution. */
function guestKernel(): Stage {
  return {
    name: 'a part of the suite in a guest kernel',
    async run() {
      const release = await $({ nothrow: true })`linux.uml --version`;
      const [, series] = /^(\d+\.\d+)\./.exec(release.stdout) ?? [];
      if (series === undefined) {
        console.log('skipped: there is no linux.uml; apt-get install user-mode-linux');
        return { passed: 0, failed: 0, skipped: 1 };
      }
      const features = ['whiteouts', 'copy-up'].map((name) => `features/union/${name}.feature`);
      return inDirectory('guest', (path) =>
        counted('', () => {
          const where = [`--on=uml:${series}`, '--backend=overlay', `--report=${path}/report`];
          return shown`node ${main} ${where} ${features}`;
        }).run(),
      );
    },
  };
}

/** What only an engine has, and of its union what it makes of layers: the rest is the storage driver's. */
const ofAnEngine = [
  'features/image',
  'features/formats',
  ...['copy-up', 'opaque-directories', 'whiteouts'].map((name) => `features/union/${name}.feature`),
];

function containerEngine(): Stage {
  return counted('images, and unions of their layers, in a container engine', () =>
    inDirectory(
      'engine',
      (path) => privately`node ${main} --backend=docker ${ofAnEngine} --report=${path} --quiet`,
    ),
  );
}

/** One dockerd is killed, one stops, and everything of a run dies that has worked with the engine of a user. */
function engineDeaths(): Stage {
  return counted('a container engine that dies costs one scenario, and nothing is left of it', () => {
    const deaths = ['3', '--backend=docker', '--victim=dockerd,stopped dockerd,everything'];
    return shown`node dist/scripts/kill-test/main.js ${deaths}`;
  });
}

export function stages(isRoot: boolean): Stage[] {
  return [
    check('types', () => shown`npx tsc --noEmit -p .`),
    check('format and lint', () => shown`npx biome ci --colors=off .`),
    unitTests(),
    counted(
      'the suite on every backend of this machine',
      () => shown`node ${main} --backend=${quickBackends}`,
    ),
    ...(isRoot ? [containerEngine(), engineDeaths(), ordinaryUser()] : []),
    installedPackage(isRoot && existsSync('/dev/fuse')),
    guestKernel(),
    counted(
      'the self-test: faulty unions, containers and images are caught',
      () => shown`npm run --silent self-test`,
    ),
  ];
}
