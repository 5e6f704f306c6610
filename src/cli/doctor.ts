import { loadBackend } from '../backends/load-backend.js';
import { listHosts } from '../hosts/load-host.js';
import { type Requirement, requirements } from '../requirement.js';
import { describeBackend } from '../runner/plan.js';
import { Pool } from '../runner/pool.js';
import { openRunGroups } from '../runner/run-groups.js';
import { checkBackends } from './check-backends.js';
import { readBackends } from './options.js';
import { settleBackends } from './settle-backends.js';

/** Says what is available on this host, and how to get what is not. Always 0: it is a question, not a check. */
export async function doctor(backends: string): Promise<number> {
  const sources = readBackends(backends);
  await checkBackends(sources);
  settleBackends(await Promise.all(sources.map(loadBackend)));
  const requires = Object.keys(requirements) as Requirement[];
  const own = await openRunGroups(sources);
  const pool = new Pool(1, sources, own.groups);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  try {
    const { isolation, refusals } = await pool.isolation();
    say(`sandbox: ${isolation}${refusals.map((refusal) => `\n  not ${refusal}`).join('')}`);
    for (const requirement of requires) {
      const answer = await pool.ask({ do: 'probe-requirement', requirement });
      if (!('present' in answer)) continue;
      const { present, reason, remedy } = answer;
      say(present ? `${requirement}: yes` : `${requirement}: no (${reason}); to get it: ${remedy}`);
    }
    for (const source of sources) {
      const { summary, lacks } = await describeBackend(pool, source);
      const { name, title, version, note, capabilities, unavailable } = summary;
      say('');
      say(
        `${name}: ${unavailable === undefined ? `available, version ${version}` : 'not available'} — ${title}`,
      );
      if (unavailable !== undefined) {
        say(`  because: ${unavailable.reason}`);
        say(`  to get it: ${unavailable.remedy}`);
        continue;
      }
      if (note !== undefined) say(`  with: ${note}`);
      say(`  can: ${capabilities.join(', ')}`);
      for (const { capability, reason, remedy } of lacks) {
        say(`  not here: ${capability} (${reason}); to get it: ${remedy}`);
      }
    }
    say('');
    for (const host of await listHosts()) {
      const answer = await host.probe();
      const isHere = answer.kind === 'available';
      say(`--on=${host.name}: ${isHere ? answer.version : 'not available'} — ${host.title}`);
      if (isHere) continue;
      say(`  because: ${answer.reason}`);
      say(`  to get it: ${answer.remedy}`);
    }
  } finally {
    await pool.stop();
    await own.close();
  }
  return 0;
}
