import type { Property } from '../src/agent/protocol.js';
import { HarnessError } from '../src/runner/stage.js';
import type { WrittenProperty } from './property.js';

/** The property, if it is one that can be set. */
export function settable(property: WrittenProperty): Property {
  switch (property.name) {
    case 'mode':
    case 'owner':
    case 'mtime':
    case 'atime':
    case 'attribute':
    case 'no-attribute':
      return property;
    default:
      throw new HarnessError(`${property.name} can be looked at, not set`);
  }
}
