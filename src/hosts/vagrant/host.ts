/** `vagrant[:NAME]`: a virtual machine that Vagrant makes, for kernels that no package brings: aufs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Availability } from '../../backend.js';
import { packageRoot } from '../../catalogue/package-root.js';
import { UsageError } from '../../catalogue/usage-error.js';
import { findProgram } from '../../system/processes.js';
import { defineHosts } from '../host.js';
import { type Machine, readMachines } from './machines.js';
import { runInMachine } from './run-in-machine.js';

const names = () => readMachines().map(({ name }) => `vagrant:${name}`);

export default defineHosts({
  kind: 'vagrant',
  names,
  find(variant) {
    const machines = readMachines();
    const machine = variant === undefined ? machines[0] : machines.find(({ name }) => name === variant);
    if (machine === undefined) {
      throw new UsageError(
        `--on=vagrant:${variant}: there is no such machine; there are ${names().join(', ')}`,
      );
    }
    return {
      name: `vagrant:${machine.name}`,
      title: machine.title,
      probe: async () => availability(machine),
      async run(job, watch) {
        const answer = availability(machine);
        if (answer.kind === 'available') return runInMachine(machine, job, watch);
        return { kind: 'broke', reason: answer.reason, remedy: answer.remedy };
      },
    };
  },
});

/** Providers that come as a program; others are plugins, of which only `vagrant up` can tell. */
const programs = ['VBoxManage', 'virsh', 'vmrun', 'prlctl'];

function availability({ provider }: Machine): Availability {
  const remedy =
    provider === 'docker'
      ? 'apt-get install vagrant rsync openssh-client docker.io'
      : 'apt-get install vagrant rsync openssh-client, and a provider: vagrant-libvirt with libvirt-daemon-system, or VirtualBox';
  const missing = ['vagrant', 'rsync', 'ssh', ...(provider === 'docker' ? ['docker'] : [])].find(
    (program) => findProgram(program) === undefined,
  );
  if (missing !== undefined) return { kind: 'unavailable', reason: `there is no ${missing}`, remedy };
  if (provider === undefined && programs.every((program) => findProgram(program) === undefined)) {
    return { kind: 'unavailable', reason: `there is no provider: none of ${programs.join(', ')}`, remedy };
  }
  if (!existsSync(join(packageRoot, 'node_modules', 'koffi'))) {
    const reason = `a machine gets ${packageRoot}, and what it needs of node_modules is not in it`;
    return { kind: 'unavailable', reason, remedy: 'run it in a checkout of union-conformance, after npm ci' };
  }
  return { kind: 'available', version: `Vagrant, with ${provider ?? 'its default provider'}` };
}
