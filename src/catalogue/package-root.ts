import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function holding(name: string, directory: string): string {
  return existsSync(join(directory, name)) ? directory : holding(name, dirname(directory));
}

/** Where `features/`, `schemas/` and `docs/` are; absolute. */
export const packageRoot = holding('package.json', dirname(fileURLToPath(import.meta.url)));
