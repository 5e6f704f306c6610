/**
 * Removes the groups of a run when the run has ended, however it did: then standard input
 * ends. It belongs to no terminal and is in no sandbox, so that nothing takes it along.
 */
import { removeRunGroups } from './sweep.js';

const [, , name = ''] = process.argv;
process.stdin.resume().on('end', () => removeRunGroups(name));
