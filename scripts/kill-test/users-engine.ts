/** The container engine of a user, with an image and a container of his: what a run must leave as it is. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { $ } from 'zx';
import { baseLayer, idleCommand } from '../../src/archive/base-layer.js';
import { imageArchive } from '../../src/archive/image.js';
import { addressIn, dockerdCommand } from '../../src/backends/docker/dockerd-command.js';
import { nameOfRun, thisProcess } from '../../src/control-groups/run-name.js';
import { removeRunGroups } from '../../src/control-groups/sweep.js';

const START_LIMIT_MS = 20_000;

export interface UsersEngine {
  /** As of DOCKER_HOST. */
  readonly address: string;
  /** Everything that is in it, and what its driver keeps: one line for each thing. */
  look(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/**
 * It is in namespaces of its own, and ends with this process, so that nothing of it is left either: but for its mounts
 * and the numbers of its processes it is as any other.
 */
const world = [
  ...['setpriv', '--pdeathsig', 'KILL', '--'],
  ...['unshare', '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
];

/** @param directory its own, on a disk; short, for its socket lies in it. */
export async function startUsersEngine(directory: string): Promise<UsersEngine> {
  mkdirSync(directory);
  const address = addressIn(directory);
  const group = nameOfRun(thisProcess()); // whose owner is known, should it be killed
  const [program = '', ...parameters] = [...world, ...dockerdCommand(directory, 'overlay2', group)];
  const running = spawn(program, parameters, { stdio: 'ignore', detached: true });
  const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
  const docker = clientOf(address);
  await answers(docker);
  await makeThings(docker, join(directory, 'image.tar'));
  return {
    address,
    look: () => look(docker, join(directory, 'data')),
    async stop() {
      await docker`docker container rm --force of-the-user`.nothrow();
      running.kill('SIGKILL'); // and all in its namespaces
      await ended;
      removeRunGroups(group);
    },
  };
}

function clientOf(address: string) {
  return $({ quiet: true, env: { ...process.env, DOCKER_HOST: address, DOCKER_CONTEXT: '' } });
}

type Client = ReturnType<typeof clientOf>;

async function answers(docker: Client): Promise<void> {
  for (const end = Date.now() + START_LIMIT_MS; ; await setTimeout(50)) {
    const { exitCode, stderr } = await docker`docker version`.nothrow();
    if (exitCode === 0) return;
    if (Date.now() > end) throw new Error(`the engine of a user does not start: ${stderr}`);
  }
}

async function makeThings(docker: Client, file: string): Promise<void> {
  const layer = baseLayer();
  if (layer === undefined) throw new Error('busybox: not found in PATH; apt-get install busybox-static');
  // The same base layer as the suite's own images have: what is removed must not take it along.
  const { archive } = imageArchive({
    layers: [layer],
    command: idleCommand,
    labels: {},
    reference: 'mine:1',
  });
  writeFileSync(file, archive);
  await docker`docker image load --input ${file}`;
  await docker`docker volume create of-the-user`;
  await docker`docker run --detach --network=none --name of-the-user --volume of-the-user:/data mine:1`;
  await docker`docker exec of-the-user /bin/sh -c ${'echo mine > /data/file; echo mine > /file'}`;
}

async function look(docker: Client, data: string): Promise<readonly string[]> {
  const running = '{{.Id}} {{.Name}} {{.State.Running}} {{.State.StartedAt}} {{.RestartCount}}';
  const lists = [
    await docker`docker ps --all --no-trunc --format ${'container {{.ID}} {{.Names}} {{.Image}}'}`,
    await docker`docker container inspect --format ${running} of-the-user`,
    await docker`docker exec of-the-user /bin/sh -c ${'read a < /data/file; read b < /file; echo $a $b'}`,
    await docker`docker image ls --all --no-trunc --format ${'image {{.ID}} {{.Repository}}:{{.Tag}}'}`,
    await docker`docker volume ls --format ${'volume {{.Name}}'}`,
    await docker`docker network ls --no-trunc --format ${'network {{.ID}} {{.Name}}'}`,
  ];
  const kept = [
    'overlay2',
    'containers',
    'volumes',
    'image/overlay2/layerdb/sha256',
    'image/overlay2/imagedb/content/sha256',
  ];
  return [
    ...lists.flatMap(({ stdout }) => stdout.trim().split('\n')),
    ...kept.flatMap((place) => directory(join(data, place)).map((name) => `layer or note ${place}/${name}`)),
    ...directory(join(data, 'overlay2/l')).map((name) => `link ${name}`),
  ].sort();
}

function directory(path: string): string[] {
  return existsSync(path) ? readdirSync(path) : [];
}
