/** YAML that people write, checked against a schema; what is wrong is told with its line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml';
import { packageRoot } from './package-root.js';
import { inOrder, type Problem } from './problem.js';

export type Path = readonly (string | number)[];

export interface CheckedYaml<Content> {
  /** Only when there is no problem. */
  readonly content: Content | undefined;
  readonly problems: readonly Problem[];
  /** Of the entry at this path, from 1. */
  lineOf(path: Path): number;
}

function pathOf(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Where the key stands, or the item of a list. */
function positionOf(document: Document, path: Path): number {
  const name = path.at(-1);
  if (name === undefined) return 0;
  const parent = document.getIn(path.slice(0, -1), true);
  const key = isMap(parent)
    ? parent.items.find((pair) => String(pair.key) === String(name))?.key
    : document.getIn(path, true);
  return isNode(key) && key.range ? key.range[0] : positionOf(document, path.slice(0, -1));
}

function shown(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? Array.isArray(value)
      ? 'a list'
      : 'a map'
    : `${value}`;
}

/** What the schema's authors say about a field is what its readers should do. */
function described(schema: unknown, otherwise: string): string {
  const description = (schema as { description?: unknown } | undefined)?.description;
  return typeof description === 'string' ? description : otherwise;
}

function explain(error: ErrorObject): {
  readonly path: Path;
  readonly what: string;
  readonly remedy: string;
} {
  const path = pathOf(error.instancePath);
  const { properties } = (error.parentSchema ?? {}) as { properties?: Record<string, unknown> };
  if (error.keyword === 'required') {
    const { missingProperty: name } = error.params as { missingProperty: string };
    return { path, what: `${name} is missing`, remedy: described(properties?.[name], 'add it') };
  }
  if (error.keyword === 'additionalProperties') {
    const { additionalProperty: name } = error.params as { additionalProperty: string };
    return {
      path: [...path, name],
      what: `${name} is not known here`,
      remedy: `fields are ${Object.keys(properties ?? {}).join(', ')}`,
    };
  }
  const field = path.filter((part) => typeof part === 'string').slice(-1)[0] ?? 'the file';
  const name = typeof path.at(-1) === 'number' ? `an item` : field;
  const value = error.data === '' ? 'empty' : shown(error.data);
  return {
    path,
    what: `${name} cannot be ${value}`,
    remedy: described(error.parentSchema, error.message ?? 'see the schema'),
  };
}

/** The schema is named by its file in `schemas/`. */
export function checkYaml<Content>(text: string, file: string, schemaFile: string): CheckedYaml<Content> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const lineOf = (path: Path) => lineAt(positionOf(document, path));
  const broken = document.errors.map(({ message, pos }) => ({
    file,
    line: lineAt(pos[0]),
    what: message.replace(/\.$/, ''),
    remedy: "this is not YAML; texts with ': ' or one of > | * & ! @ at the beginning need quotes",
  }));
  if (broken.length > 0) return { content: undefined, problems: broken, lineOf };
  const schema = JSON.parse(readFileSync(join(packageRoot, 'schemas', schemaFile), 'utf8'));
  const validate = new Ajv2020({ allErrors: true, verbose: true }).compile<Content>(schema);
  const content: unknown = document.toJS();
  if (validate(content)) return { content, problems: [], lineOf };
  const problems = (validate.errors ?? []).map((error) => {
    const { path, what, remedy } = explain(error);
    return { file, line: lineOf(path), what, remedy };
  });
  return { content: undefined, problems: inOrder(problems), lineOf };
}
