import type { ControlGroups } from './control-group.js';
import { KernelGroup } from './group.js';
import type { RunGroups } from './run-groups.js';

/** The environment variable that tells an agent the control groups of its run, as JSON. */
export const RUN_GROUPS = 'UNION_CONFORMANCE_RUN_GROUPS';

/** @returns undefined when the run has none. */
export function runGroupsOfAgent(): RunGroups | undefined {
  const text = process.env[RUN_GROUPS];
  return text === undefined || text === '' ? undefined : (JSON.parse(text) as RunGroups);
}

/** Below the run's group, which is there when a scenario of the run requires a controller. */
export function runGroupsOrFail(): RunGroups {
  const run = runGroupsOfAgent();
  if (run === undefined) throw new Error('the run has no control groups: does a tag require a controller?');
  return run;
}

/** The groups of the kernel: what a container has where its runtime has no other way to make them. */
export const kernelGroups: ControlGroups = {
  make: (name) => new KernelGroup(runGroupsOrFail(), name),
  find: (name) => new KernelGroup(runGroupsOrFail(), name, 'found'),
};
