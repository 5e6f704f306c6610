import type { Bytes } from '../bytes.js';
import type { Files } from '../files.js';
import type { WorkArea } from './work-area.js';

/** How one requirement is probed: the thing is done once. */
export interface RequirementProbe {
  /**
   * @param path a file of the area that the attempt may do anything to.
   * @throws SystemError, or Refused, when the host cannot do it.
   */
  readonly attempt: (files: Files, path: Bytes, area: WorkArea) => void;
  /** How to get it. */
  readonly remedy: string;
}

/** The host cannot do what a scenario requires, and there is more to say about it than an errno. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
