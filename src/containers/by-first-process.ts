import type { Container, ContainerProcess } from '../container.js';
import type { ProcessEnd } from '../system/processes.js';

/** A container that is, to whoever looks at it from outside, its first process. */
export abstract class ByFirstProcess implements Container {
  protected abstract readonly first: ContainerProcess;

  get pid(): number {
    return this.first.pid;
  }

  output(): string {
    return this.first.output();
  }

  signal(signal: NodeJS.Signals): void {
    this.first.signal(signal);
  }

  wait(limit: number): ProcessEnd | undefined {
    return this.first.wait(limit);
  }

  abstract exec(command: readonly string[]): ContainerProcess;
  abstract end(): void;
}
