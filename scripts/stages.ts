/** What `npm test` is made of: each stage prints what it does and ends with its counts. */
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

/** The package as somebody gets it who installs it: another directory, no sources, no development tools. */
function installedPackage(): Stage {
  return counted('the installed package', () =>
    inDirectory('installed', async (path) => {
      await $`npm pack --silent --pack-destination ${path}`;
      const there = $({ cwd: path });
      await there`npm init -y`;
      await there`sh -c 'npm install --silent --no-audit --no-fund --prefer-offline ./*.tgz'`;
      return shown({ cwd: path })`npx union-conformance --quiet`;
    }),
  );
}

/** An engine takes a hundred times longer over each scenario: it has stages of its own. */
const quickBackends = listBackends()
  .filter((name) => name !== 'docker')
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
      (path) => shown`node ${main} --backend=docker ${ofAnEngine} --report=${path} --quiet`,
    ),
  );
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
    ...(isRoot ? [containerEngine(), ordinaryUser()] : []),
    installedPackage(),
    guestKernel(),
    counted(
      'the self-test: faulty unions, containers and images are caught',
      () => shown`npm run --silent self-test`,
    ),
  ];
}
