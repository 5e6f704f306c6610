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

/**
 * @param nameOrFile a name of `listBackends`, or a `.yaml`, `.yml`, `.js` or `.mjs` file.
 * @throws UsageError when there is none, DescriptionError when it is not as it must be.
 */
export async function loadBackend(nameOrFile: string): Promise<Backend> {
  const file = fileOf(nameOrFile);
  if (/\.ya?ml$/.test(file)) {
    const { readDescription } = await import('../description/read-description.js');
    const { describedBackend } = await import('../description/described-backend.js');
    return describedBackend(readDescription(file));
  }
  return checkBackend(await defaultExportOf(file, nameOrFile), nameOrFile);
}

async function defaultExportOf(file: string, nameOrFile: string): Promise<unknown> {
  try {
    const module: { readonly default?: unknown } = await import(pathToFileURL(file).href);
    return module.default;
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
  const file = fileIn(nameOrFile);
  if (file !== undefined) return file;
  throw new UsageError(`there is no backend ${nameOrFile}: ${didYouMean(nameOrFile, listBackends())}`);
}

/**
 * Where the known deviations of a backend are written: beside it, unless its description
 * says where. The file need not exist, but one that is named has to.
 * @throws UsageError, DescriptionError
 */
export async function deviationsFileOf(nameOrFile: string): Promise<string> {
  const file = fileOf(nameOrFile);
  if (dirname(dirname(file)) === folder) return join(dirname(file), 'deviations.yaml');
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
