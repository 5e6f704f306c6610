/**
 * Does the suite look? Runs it on unions, containers and images that break one rule each (`families.ts`),
 * and ends with 1 when one of them gets through, or when too many scenarios never say no.
 */
import { UsageError } from '../catalogue/usage-error.js';
import { readSelfTestOptions } from './options.js';
import { selfTest } from './self-test.js';

const USAGE = 64;
const HARNESS = 70;

try {
  const options = readSelfTestOptions(process.argv.slice(2));
  const say = (line = '') => void process.stdout.write(`${line}\n`);
  if (options !== undefined) process.exitCode = await selfTest(options, say);
} catch (failure) {
  const isUsage = failure instanceof UsageError;
  const text = failure instanceof Error && !isUsage ? failure.stack : String(failure);
  process.stderr.write(`self-test: ${isUsage ? failure.message : `harness error\n${text}`}\n`);
  process.exitCode = isUsage ? USAGE : HARNESS;
}
