/**
 * Removes what a run leaves outside of its sandboxes when it has ended, however it did: then standard input ends. It
 * belongs to no terminal and is in no sandbox, so that nothing takes it along.
 */
import { removeTraces } from './run-traces.js';

const [, , name = '', ...sources] = process.argv;
process.stdin.resume().on('end', () => removeTraces(name, sources));
