import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { checkBackend } from '../backends/check-backend.js';
import { UsageError } from '../catalogue/usage-error.js';
import { type Family, families } from './families.js';

/** A union, what makes its containers, or an engine, that breaks one rule. */
export interface Twin {
  readonly name: string;
  /** The rule, and the fault: `a deleted lower entry is hidden: here nothing hides it`. */
  readonly title: string;
  /** Its module, absolute. */
  readonly file: string;
  /**
   * What states the rule, and is tried: features, without folder and ending, or ids of scenarios where each
   * takes long. One scenario of them has to turn red.
   */
  readonly statedBy: readonly string[];
  readonly family: Family;
}

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** All faulty twins, each family in alphabetical order. */
export async function readTwins(): Promise<readonly Twin[]> {
  return Promise.all(
    families.flatMap((family) => {
      const names = readdirSync(fixtures + family.folder).filter((name) => name.endsWith('.js'));
      return names.sort().map((name) => readTwin(family, `${fixtures}${family.folder}/${name}`));
    }),
  );
}

async function readTwin(family: Family, file: string): Promise<Twin> {
  const module: {
    readonly default?: unknown;
    readonly features?: unknown;
    readonly scenarios?: unknown;
  } = await import(pathToFileURL(file).href);
  const { name, title } = checkBackend(module.default, file);
  const statedBy = module.features ?? module.scenarios;
  if (basename(file) !== `${name}.js`) throw new UsageError(`${file}: its backend is called ${name}`);
  if (!Array.isArray(statedBy) || statedBy.length === 0) {
    throw new UsageError(`${file}: say which features state its rule: export const features = ['copy-up']`);
  }
  return { name, title, file, statedBy: statedBy.map(String), family };
}
