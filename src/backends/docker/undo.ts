/** How to undo what was made, step by step. */
export class Undo {
  readonly #steps: (() => void)[] = [];

  push(step: () => void): void {
    this.#steps.push(step);
  }

  /** The last step first. One that fails keeps nothing from the others; the first failure is thrown in the end. */
  all(): void {
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        step();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  /** Undoes everything because of a failure. @returns that, to be thrown. */
  because(failure: unknown): unknown {
    try {
      this.all();
    } catch {
      // It is of what has failed already.
    }
    return failure;
  }
}
