/** What `--require` asks for, and what of it the host did not have. */
import { isCapability } from '../capability.js';
import { UsageError } from '../catalogue/usage-error.js';
import type { Result } from '../outcome.js';
import { isRequirement, requirements } from '../requirement.js';

/**
 * Reads `all` or `NAME,NAME…`: requirements, capabilities, backends of the run, or `backend` for each of them.
 * @throws UsageError for a name that is none of these.
 */
export function readRequired(text: string, backends: readonly string[]): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    const isKnown = name === 'all' || name === 'backend' || isRequirement(name) || isCapability(name);
    if (!isKnown && !backends.includes(name)) {
      const known = ['all', 'backend', ...Object.keys(requirements), ...backends].join(', ');
      throw new UsageError(`--require '${name}' is not known: name ${known}, or a capability`);
    }
  }
  return names;
}

interface Lack {
  readonly name: string;
  readonly why: string;
}

function lackOf({ outcome, backend }: Result): Lack | undefined {
  if (outcome.kind === 'skipped') {
    const name = outcome.missing === 'backend' ? backend : outcome.missing;
    return { name, why: `${outcome.reason}; ${outcome.remedy}` };
  }
  if (outcome.kind === 'unsupported') {
    return { name: outcome.capability, why: 'the backend does not have this capability' };
  }
  return undefined;
}

function isRequired({ outcome, backend }: Result, required: readonly string[]): boolean {
  if (outcome.kind === 'unsupported') return required.includes(outcome.capability);
  if (outcome.kind !== 'skipped') return false;
  return (
    required.includes('all') ||
    required.includes(outcome.missing) ||
    (outcome.missing === 'backend' && required.includes(backend))
  );
}

/** One line for each thing that was required and is not there. */
export function missingOf(required: readonly string[], results: readonly Result[]): readonly string[] {
  const groups = new Map<string, { readonly lack: Lack; readonly backend: string; count: number }>();
  for (const result of results.filter((each) => isRequired(each, required))) {
    const lack = lackOf(result);
    if (!lack) continue;
    const key = `${lack.name} ${result.backend}`;
    const group = groups.get(key) ?? { lack, backend: result.backend, count: 0 };
    group.count += 1;
    groups.set(key, group);
  }
  return [...groups.values()].map(({ lack: { name, why }, backend, count }) => {
    const where = name === backend ? '' : ` on ${backend}`;
    return `${name}: ${count} ${count === 1 ? 'scenario' : 'scenarios'} not executed${where}: ${why}`;
  });
}
