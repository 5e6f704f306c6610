/** Finds hosts: a folder beside this file with a `host.js`. There is no list: adding a folder is all it takes. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../catalogue/usage-error.js';
import { didYouMean } from '../description/did-you-mean.js';
import type { Host, Hosts } from './host.js';

const folder = import.meta.dirname;

function listKinds(): string[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'host.js')))
    .sort();
}

async function loadKind(kind: string): Promise<Hosts> {
  const module: { readonly default: Hosts } = await import(pathToFileURL(join(folder, kind, 'host.js')).href);
  return module.default;
}

/** Every host there is, whether it can run here or not. */
export async function listHosts(): Promise<Host[]> {
  const hosts: Host[] = [];
  for (const kind of listKinds()) {
    const { names, find } = await loadKind(kind);
    hosts.push(...names().map((name) => find(variantOf(name))));
  }
  return hosts;
}

/**
 * @param name what `--on` takes: `local`, `uml:6.1`, or `uml:all` for all of a kind.
 * @throws UsageError when there is none of this name.
 */
export async function loadHosts(name: string): Promise<readonly Host[]> {
  const [kind = ''] = name.split(':', 1);
  if (!listKinds().includes(kind)) {
    const known = (await listHosts()).map((host) => host.name);
    throw new UsageError(`--on=${name}: there is no such host: ${didYouMean(name, known)}`);
  }
  const { names, find } = await loadKind(kind);
  const chosen = name === `${kind}:all` ? names() : [name];
  return chosen.map((each) => find(variantOf(each)));
}

function variantOf(name: string): string | undefined {
  const colon = name.indexOf(':');
  return colon < 0 ? undefined : name.slice(colon + 1);
}
