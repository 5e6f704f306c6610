import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { checkBackend } from '../backends/check-backend.js';
import { UsageError } from '../catalogue/usage-error.js';
import { type Family, families } from './families.js';

/** A union, or what makes its containers, that breaks one rule. */
export interface Twin {
  readonly name: string;
  /** The rule, and the fault: `a deleted lower entry is hidden: here nothing hides it`. */
  readonly title: string;
  /** Its module, absolute. */
  readonly file: string;
  /** The features that state the rule, without folder and ending: one of them has to turn red. */
  readonly features: readonly string[];
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
  const module: { readonly default?: unknown; readonly features?: unknown } = await import(
    pathToFileURL(file).href
  );
  const { name, title } = checkBackend(module.default, file);
  const { features } = module;
  if (basename(file) !== `${name}.js`) throw new UsageError(`${file}: its backend is called ${name}`);
  if (!Array.isArray(features) || features.length === 0) {
    throw new UsageError(`${file}: say which features state its rule: export const features = ['copy-up']`);
  }
  return { name, title, file, features: features.map(String), family };
}
