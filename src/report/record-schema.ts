/** One record of `results.ndjson` against `schemas/results.schema.json`. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';

export const resultsSchemaFile = new URL('../../../schemas/results.schema.json', import.meta.url);

const recordTypes = ['header', 'result', 'footer'] as const;

let validators: Readonly<Record<string, ValidateFunction>> | undefined;

/** What is wrong with it, and where in it; nothing when it is a record of a report. */
export function invalidRecord(value: unknown): string | undefined {
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  validators ??= compile();
  const validate = validators[String(type)];
  if (validate === undefined) return `this is no record: its type is none of ${recordTypes.join(', ')}`;
  if (validate(value)) return undefined;
  return `this ${type} is not valid: ${validate.errors?.map(describe).join('; ')}`;
}

function compile(): Readonly<Record<string, ValidateFunction>> {
  const schema = JSON.parse(readFileSync(resultsSchemaFile, 'utf8'));
  const ajv = new Ajv2020({ discriminator: true, schemas: [schema] });
  return Object.fromEntries(
    recordTypes.map((type) => [type, ajv.getSchema(`${schema.$id}#/$defs/${type}`) as ValidateFunction]),
  );
}

function describe({ instancePath, message, params }: ErrorObject): string {
  const where = instancePath === '' ? '' : `${instancePath} `;
  const allowed = params.allowedValue ?? params.allowedValues?.join(', ');
  const extra = params.additionalProperty ?? params.unevaluatedProperty;
  return [`${where}${message}`, allowed && `(${allowed})`, extra && `(${extra})`].filter(Boolean).join(' ');
}
