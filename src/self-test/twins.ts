import { readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { checkBackend } from '../backends/check-backend.js';
import { UsageError } from '../catalogue/usage-error.js';

/** A union that breaks one rule. */
export interface Twin {
  readonly name: string;
  /** The rule, and the fault: `a deleted lower entry is hidden: here nothing hides it`. */
  readonly title: string;
  /** Its module, absolute. */
  readonly file: string;
  /** The features that state the rule, without folder and ending: one of them has to turn red. */
  readonly features: readonly string[];
}

const folder = fileURLToPath(new URL('../../fixtures/faulty-unions/', import.meta.url));

/** All faulty twins, in alphabetical order: every module of the folder itself is one. */
export async function readTwins(): Promise<readonly Twin[]> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  return Promise.all(names.sort().map((name) => readTwin(folder + name)));
}

async function readTwin(file: string): Promise<Twin> {
  const module: { readonly default?: unknown; readonly features?: unknown } = await import(
    pathToFileURL(file).href
  );
  const { name, title } = checkBackend(module.default, file);
  const { features } = module;
  if (file !== `${folder}${name}.js`) throw new UsageError(`${file}: its backend is called ${name}`);
  if (!Array.isArray(features) || features.length === 0) {
    throw new UsageError(`${file}: say which features state its rule: export const features = ['copy-up']`);
  }
  return { name, title, file, features: features.map(String) };
}
