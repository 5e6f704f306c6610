/** Tree diffs as `src/tree/diff-trees.ts` shows them: `- ` was expected, `+ ` was seen. */
export type DiffKind = 'expected' | 'seen' | 'both';

export function diffKind(line: string): DiffKind {
  if (line.startsWith('- ')) return 'expected';
  return line.startsWith('+ ') ? 'seen' : 'both';
}

/** Whether the text is such a diff as a whole, so that its lines may be coloured. */
export function isDiff(text: string): boolean {
  const lines = text.split('\n').filter((line) => line !== '');
  return (
    lines.every((line) => /^( {2}|- |\+ )/.test(line)) && lines.some((line) => diffKind(line) !== 'both')
  );
}
