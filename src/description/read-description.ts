import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { capabilities, isCapability } from '../capability.js';
import { checkYaml, type Path } from '../catalogue/checked-yaml.js';
import { type Problem, showProblem } from '../catalogue/problem.js';
import { placeholders } from './command-line.js';
import type { Description } from './description.js';
import { didYouMean } from './did-you-mean.js';

/** A description that cannot be used: one line for each thing that is wrong with it. */
export class DescriptionError extends Error {
  override readonly name = 'DescriptionError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(showProblem).join('\n'));
    this.problems = problems;
  }
}

const commands = ['mount', 'mount-read-only', 'unmount'] as const;

/** Reads a `backend.yaml`. @throws DescriptionError */
export function readDescription(file: string): Description {
  const shown = relative(process.cwd(), file);
  return parseDescription(
    readFileSync(file, 'utf8'),
    shown.startsWith('..') ? file : shown,
    dirname(resolve(file)),
  );
}

/**
 * @param file as it is shown in messages
 * @param folder what a program with a slash in its name is relative to
 * @throws DescriptionError
 */
export function parseDescription(text: string, file: string, folder: string): Description {
  const { content, problems, lineOf } = checkYaml<Description>(text, file, 'backend.schema.json');
  if (content === undefined) throw new DescriptionError(problems);
  const wrong = contradictions(content).map(({ path, what, remedy }) => ({
    file,
    line: lineOf(path),
    what,
    remedy,
  }));
  if (wrong.length > 0) throw new DescriptionError(wrong);
  return {
    ...content,
    ...Object.fromEntries(commandsOf(content).map(([field, command]) => [field, located(command, folder)])),
  };
}

interface Contradiction {
  readonly path: Path;
  readonly what: string;
  readonly remedy: string;
}

/** What a schema cannot say. */
function contradictions(description: Description): readonly Contradiction[] {
  return [...strangeCapabilities(description), ...strangePlaceholders(description), ...missing(description)];
}

function strangeCapabilities({ capabilities: claimed }: Description): readonly Contradiction[] {
  const names = Object.keys(capabilities);
  return claimed.flatMap((name: string, index) =>
    isCapability(name)
      ? []
      : [
          {
            path: ['capabilities', index],
            what: `there is no capability ${name}`,
            remedy: didYouMean(name, names),
          },
        ],
  );
}

function strangePlaceholders(description: Description): readonly Contradiction[] {
  return commandsOf(description).flatMap(([field, command]) =>
    command.flatMap((part, index) =>
      [...part.matchAll(/\{([^{}]*)\}/g)]
        .map(([, placeholder = '']) => placeholder)
        .filter((placeholder) => !(allowedIn(field) as readonly string[]).includes(placeholder))
        .map((placeholder) => ({
          path: [field, index],
          what: `{${placeholder}} means nothing in ${field}`,
          remedy: `write ${allowedIn(field)
            .map((allowed) => `{${allowed}}`)
            .join(', ')}`,
        })),
    ),
  );
}

function missing(description: Description): readonly Contradiction[] {
  return commandsOf(description).flatMap(([field, command]) => {
    const has = (placeholder: string) => command.some((part) => part.includes(`{${placeholder}}`));
    const path = [field];
    const found: Contradiction[] = [];
    if (field !== 'version' && !has('mountpoint')) {
      found.push({
        path,
        what: `${field} has no {mountpoint}`,
        remedy: 'add it where the command takes the directory',
      });
    }
    if (!field.startsWith('mount')) return found;
    if (!has('branches') && !has('lowers')) {
      found.push({
        path,
        what: `${field} names no branches`,
        remedy: 'add {branches}, or {lowers} and {upper}',
      });
    }
    if (has('branches') && description.branches === undefined) {
      found.push({
        path,
        what: '{branches} needs to be explained',
        remedy: 'add branches: { format, separator, modes }',
      });
    }
    return found;
  });
}

type CommandField = (typeof commands)[number] | 'version';

function commandsOf(description: Description): readonly (readonly [CommandField, readonly string[]])[] {
  return (['version', ...commands] as const).flatMap((field) => {
    const command = description[field];
    return command === undefined ? [] : [[field, command] as const];
  });
}

function allowedIn(field: CommandField): readonly string[] {
  if (field === 'version') return [];
  return field === 'unmount' ? ['mountpoint'] : placeholders;
}

function located([program = '', ...parameters]: readonly string[], folder: string): readonly string[] {
  return [program.includes('/') ? resolve(folder, program) : program, ...parameters];
}
