/**
 * Finds backends: a folder beside this file with a `backend.js` or a `backend.yaml`, or a
 * file named on the command line. There is no list: adding a folder is all it takes.
 */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Backend } from '../backend.js';
import { UsageError } from '../catalogue/usage-error.js';
import { didYouMean } from '../description/did-you-mean.js';
import { checkBackend } from './check-backend.js';

const folder = import.meta.dirname;
const fileNames = ['backend.js', 'backend.yaml'];

/** The names that `--backend` takes, in alphabetical order. */
export function listBackends(): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && fileIn(entry.name) !== undefined)
    .map((entry) => entry.name)
    .sort();
}

/** What a module offers besides its default export: `NAME:VARIANT` is one of its `variants`. */
interface BackendModule {
  readonly default?: unknown;
  readonly variants?: Readonly<Record<string, unknown>>;
}

/**
 * @param nameOrFile a name of `listBackends`, or a `.yaml`, `.yml`, `.js` or `.mjs` file; a
 * name may be followed by a colon and one of the variants that its module exports.
 * @throws UsageError when there is none, DescriptionError when it is not as it must be.
 */
export async function loadBackend(nameOrFile: string): Promise<Backend> {
  const file = fileOf(nameOrFile);
  const { name, variant } = partsOf(nameOrFile);
  if (/\.ya?ml$/.test(file)) {
    if (variant !== undefined) throw noVariant(nameOrFile, name, []);
    const { readDescription } = await import('../description/read-description.js');
    const { describedBackend } = await import('../description/described-backend.js');
    return describedBackend(readDescription(file));
  }
  const module = await importModule(file, nameOrFile);
  if (variant === undefined) return checkBackend(module.default, nameOrFile);
  const { variants = {} } = module;
  if (Object.hasOwn(variants, variant)) return checkBackend(variants[variant], nameOrFile);
  throw noVariant(nameOrFile, name, Object.keys(variants));
}

function noVariant(written: string, name: string, variants: readonly string[]): UsageError {
  const known = variants.map((each) => `${name}:${each}`);
  const remedy = known.length === 0 ? `${name} has no variants` : didYouMean(written, known);
  return new UsageError(`there is no backend ${written}: ${remedy}`);
}

/** A name without the variant after its colon; a file has none. */
function partsOf(nameOrFile: string): { readonly name: string; readonly variant?: string } {
  const [, name, variant] = /^([a-z0-9-]+):([^/.]*)$/.exec(nameOrFile) ?? [];
  return name === undefined || variant === undefined ? { name: nameOrFile } : { name, variant };
}

async function importModule(file: string, nameOrFile: string): Promise<BackendModule> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (failure) {
    throw new UsageError(`backend ${nameOrFile}: it cannot be loaded: ${String(failure)}`, {
      cause: failure,
    });
  }
}

/** The folder or file that holds a backend, for what lies beside it (`deviations.yaml`). */
export function fileOf(nameOrFile: string): string {
  if (nameOrFile.includes('/') || /\.(ya?ml|m?js)$/.test(nameOrFile)) {
    const file = resolve(nameOrFile);
    if (!existsSync(file)) throw new UsageError(`backend ${nameOrFile}: no such file`);
    if (!/\.(ya?ml|m?js)$/.test(file)) {
      throw new UsageError(`backend ${nameOrFile}: a file of a backend ends in .yaml, .yml, .js or .mjs`);
    }
    return file;
  }
  const { name } = partsOf(nameOrFile);
  const file = fileIn(name);
  if (file !== undefined) return file;
  throw new UsageError(`there is no backend ${name}: ${didYouMean(name, listBackends())}`);
}

/**
 * Where the known deviations of a backend are written: beside it, in a file of its own for each
 * variant (`deviations-VARIANT.yaml`), unless its description says where. The file need not exist, but one that is named has to.
 * @throws UsageError, DescriptionError
 */
export async function deviationsFileOf(nameOrFile: string): Promise<string> {
  const file = fileOf(nameOrFile);
  if (dirname(dirname(file)) === folder) {
    const { variant } = partsOf((await loadBackend(nameOrFile)).name);
    return join(dirname(file), variant === undefined ? 'deviations.yaml' : `deviations-${variant}.yaml`);
  }
  const beside = file.replace(/\.\w+$/, '.deviations.yaml');
  if (!/\.ya?ml$/.test(file)) return beside;
  const { readDescription } = await import('../description/read-description.js');
  const { deviations } = readDescription(file);
  if (deviations === undefined) return beside;
  const named = resolve(dirname(file), deviations);
  if (!existsSync(named)) throw new UsageError(`${file}: deviations: ${named} does not exist`);
  return named;
}

function fileIn(name: string): string | undefined {
  return fileNames.map((file) => join(folder, name, file)).find((file) => existsSync(file));
}
