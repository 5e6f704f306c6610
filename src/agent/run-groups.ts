import type { RunGroups } from '../control-groups/run-groups.js';

/** The environment variable that tells an agent the control groups of its run, as JSON. */
export const RUN_GROUPS = 'UNION_CONFORMANCE_RUN_GROUPS';

/** @returns undefined when the run has none. */
export function runGroupsOfAgent(): RunGroups | undefined {
  const text = process.env[RUN_GROUPS];
  return text === undefined || text === '' ? undefined : (JSON.parse(text) as RunGroups);
}
