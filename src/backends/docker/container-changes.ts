import { bytes } from '../../bytes.js';
import type { LayerChange } from '../../images.js';
import type { Client } from './client.js';

/** What the engine says that a container has changed of its image: a line for each, `C /etc`; a name may have line feeds. */
export function changesOf(client: Client, container: string): readonly LayerChange[] {
  const lines = client(['container', 'diff', container]).split(/\n(?=[ACD] \/)/);
  return lines
    .filter((line) => line !== '')
    .map((line) => ({ kind: line[0] as LayerChange['kind'], path: bytes(line.slice(2)) }));
}
