import { rmSync } from 'node:fs';
import { type Availability, type Backend, defineBackend, MountError, type Sandbox } from '../backend.js';
import { toBuffer } from '../bytes.js';
import { SystemError } from '../system/errno.js';
import { runProgram } from '../system/programs.js';
import type { Description } from './description.js';
import { formatNamed } from './format-named.js';
import { mountDescribed } from './mount-described.js';
import { probeBranches } from './probe-branches.js';
import { whatIsMissing } from './what-is-missing.js';

/** The backend that a description describes. */
export function describedBackend(description: Description): Backend {
  const { name, title, capabilities, whiteouts } = description;
  return defineBackend({
    name,
    title,
    capabilities,
    format: formatNamed(whiteouts),
    probe: (sandbox) => probe(description, sandbox),
    mount: (branches, sandbox) => mountDescribed(description, branches, sandbox),
  });
}

function probe(description: Description, sandbox: Sandbox): Availability {
  const missing = whatIsMissing(description, sandbox);
  if (missing !== undefined) return { kind: 'unavailable', ...missing };
  const branches = probeBranches(sandbox);
  try {
    mountDescribed(description, branches, sandbox).unmount();
    return { kind: 'available', version: versionOf(description) };
  } catch (failure) {
    if (!(failure instanceof MountError)) throw failure;
    return {
      kind: 'unavailable',
      reason: failure.message,
      remedy: 'run the command by hand to see what it needs',
    };
  } finally {
    for (const { path } of branches) rmSync(toBuffer(path), { recursive: true, force: true });
  }
}

/** The first number with dots, of the line that has the name in it if there is one: programs print those of their libraries too. */
function versionOf({ name, version }: Description): string {
  try {
    const lines = runProgram(version, '/').output.split('\n');
    const named = lines.filter((line) => line.includes(name));
    const numbers = [...named, ...lines].flatMap((line) => /\d+(\.\d+)+\S*/.exec(line)?.[0] ?? []);
    return numbers[0] ?? 'unknown';
  } catch (failure) {
    if (failure instanceof SystemError) return `unknown (${version.join(' ')}: ${failure.errno})`;
    throw failure;
  }
}
