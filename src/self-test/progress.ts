import type { Header, Report, Result } from '../outcome.js';
import type { TerminalReporter } from '../report/terminal.js';

/** One line for each twin when the last of its scenarios is done; the report, for who comes after. */
export class TwinProgress implements TerminalReporter {
  report: Report | undefined;
  readonly #say: (line: string) => void;
  readonly #open = new Map<string, number>();
  readonly #red = new Map<string, number>();
  #done = 0;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  begin(header: Header): void {
    for (const { name } of header.backends) this.#open.set(name, header.scenarios.length);
    this.#say(
      `${header.backends.length - 1} twins and the healthy union, ${header.scenarios.length} scenarios`,
    );
  }

  started(): void {}

  result({ backend, outcome }: Result): void {
    const left = (this.#open.get(backend) ?? 0) - 1;
    this.#open.set(backend, left);
    if (['failed', 'crash', 'hang'].includes(outcome.kind)) {
      this.#red.set(backend, (this.#red.get(backend) ?? 0) + 1);
    }
    if (left > 0) return;
    this.#done += 1;
    this.#say(
      `${this.#done}/${this.#open.size}  ${backend}: ${this.#red.get(backend) ?? 0} scenarios are red`,
    );
  }

  end(report: Report): void {
    this.report = report;
  }
}
