/** Something wrong in a file that people write: what, where and what to do. */
export interface Problem {
  /** As it is shown: relative to the package, or as it was given. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly what: string;
  readonly remedy: string;
}

export function showProblem({ file, line, what, remedy }: Problem): string {
  return `${file}:${line}: ${what}: ${remedy}`;
}

/** By file, then by line; each once. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const different = new Map(problems.map((problem) => [showProblem(problem), problem]));
  return [...different.values()].sort((a, b) =>
    a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1,
  );
}
