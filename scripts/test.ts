/** `npm test`: every stage, also after one that failed, and the sum of their counts as the last line. */
import { stages } from './stages.js';

const sum = { passed: 0, failed: 0, skipped: 0 };
const failed: string[] = [];

for (const stage of stages(process.geteuid?.() === 0)) {
  console.log(`\n== ${stage.name}`);
  const counts = await stage.run();
  sum.passed += counts.passed;
  sum.failed += counts.failed;
  sum.skipped += counts.skipped;
  if (counts.failed > 0) failed.push(`${stage.name}: ${counts.failed}`);
}

console.log(failed.length === 0 ? '\nevery stage holds' : `\nfailures in\n  ${failed.join('\n  ')}`);
console.log(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed === 0 ? 0 : 1;
