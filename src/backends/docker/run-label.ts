/** The label of all that a run makes in an engine: it tells whose it is, so that what a dead run has left is known. */
import { groupOfRun } from './engine-groups.js';

export const RUN_LABEL = 'union-conformance.run';

/** @param agent another word for each agent: what two of them make is never the same image. */
export function labelOf(agent: string): readonly [name: string, value: string] {
  return [RUN_LABEL, `${groupOfRun()}.${agent}`];
}

/** What `docker run` is told of every container; stopped with SIGKILL at once, for none has anything to put in order. */
export function optionsOf([name, value]: readonly [name: string, value: string]): readonly string[] {
  return [`--label=${name}=${value}`, '--stop-signal=SIGKILL'];
}

/** The name of the run that has given something its label. */
export function runOf(label: string): string {
  return label.replace(/\..*/, '');
}
