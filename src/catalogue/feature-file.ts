/** A feature file as Gherkin reads it: the document for the lint, the pickles that are run. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { generateMessages } from '@cucumber/gherkin';
import { type GherkinDocument, type Pickle, SourceMediaType } from '@cucumber/messages';
import type { Problem } from './problem.js';

export interface FeatureFile {
  /** Relative to the package. */
  readonly uri: string;
  readonly source: string;
  /** Without one the file is empty, or is not Gherkin. */
  readonly document: GherkinDocument | undefined;
  /** One for each scenario, and for each row of examples. */
  readonly pickles: readonly Pickle[];
  readonly problems: readonly Problem[];
}

export function parseFeature(source: string, uri: string): FeatureFile {
  let ids = 0;
  const envelopes = generateMessages(source, uri, SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN, {
    includeGherkinDocument: true,
    includePickles: true,
    newId: () => String(ids++),
  });
  return {
    uri,
    source,
    document: envelopes.find((envelope) => envelope.gherkinDocument)?.gherkinDocument,
    pickles: envelopes.flatMap(({ pickle }) => (pickle ? [pickle] : [])),
    problems: envelopes.flatMap(({ parseError }) =>
      parseError
        ? [
            {
              file: uri,
              line: parseError.source.location?.line ?? 1,
              what: parseError.message.replace(/^\(\d+:\d+\): /, ''),
              remedy: 'this is not Gherkin; see docs/vocabulary.md',
            },
          ]
        : [],
    ),
  };
}

/** All `.feature` files below a folder of the package, by path. */
export function readFeatures(root: string, folder: string): readonly FeatureFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.feature'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => parseFeature(readFileSync(path, 'utf8'), relative(root, path)));
}
