import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import {
  type IRunEnvironment,
  type ISupportCodeLibrary,
  loadSupport,
  runCucumber,
} from '@cucumber/cucumber/api';
import type { Envelope } from '@cucumber/messages';
import { packageRoot } from '../catalogue/package-root.js';
import type { Batch } from './batches.js';
import { outcomeOf } from './scenario-outcome.js';
import { stage } from './stage.js';
import type { Planned, Report } from './worker-protocol.js';

const silent = new URL('./silent-formatter.js', import.meta.url).href;
const steps = fileURLToPath(new URL('../../steps/', import.meta.url));

interface Running {
  readonly id: string;
  readonly began: bigint;
  /** The text of each pickle step, by the id of its test step. */
  readonly texts: ReadonlyMap<string, string>;
  failedStep: string;
  /** What cucumber says of a step that no definition matches, or more than one. */
  harness: string;
  /** What cucumber says of the first step that did not pass, whatever the reason. */
  complaint: string;
}

/** Cucumber, loaded once, as a function that runs scenarios and reports each. */
export function createCucumber(send: (report: Report) => void, nowhere: Writable) {
  const environment: IRunEnvironment = { cwd: packageRoot, stdout: nowhere, stderr: nowhere };

  function sources(paths: string[]) {
    return { defaultDialect: 'en', paths, names: [], tagExpression: '', order: 'defined' as const };
  }

  function load(): Promise<ISupportCodeLibrary> {
    const importPaths = readdirSync(steps)
      .filter((name) => name.endsWith('.js') && !name.endsWith('.test.js'))
      .map((name) => join(steps, name));
    return loadSupport({ sources: sources([]), support: { importPaths } }, environment);
  }

  const support = load();

  async function run({ backend, scenarios, keep }: Batch): Promise<void> {
    stage.backend = backend;
    stage.keep = keep;
    const listener = new MessageListener(scenarios, send);
    await runCucumber(
      {
        sources: sources(pathsOf(scenarios)),
        support: await support,
        runtime: {
          dryRun: false,
          failFast: false,
          filterStacktraces: true,
          parallel: 0,
          retry: 0,
          retryTagFilter: '',
          strict: true,
          worldParameters: {},
        },
        formats: { stdout: silent, files: {}, publish: false, options: {} },
        plugins: { specifiers: [], options: {} },
      } as never,
      environment,
      (envelope) => listener.take(envelope),
    );
  }

  return { run };
}

/** One path for each feature, with all its lines: cucumber looks for each path on the disk. */
function pathsOf(scenarios: readonly Planned[]): string[] {
  const lines = new Map<string, number[]>();
  for (const { uri, line } of scenarios) lines.set(uri, [...(lines.get(uri) ?? []), line]);
  return [...lines].map(([uri, numbers]) => [uri, ...numbers].join(':'));
}

/** Makes one outcome of the messages of each scenario. */
class MessageListener {
  readonly #ids: ReadonlyMap<string, string>;
  readonly #send: (report: Report) => void;
  /** Scenario id by the id of its pickle, and of its test case. */
  readonly #pickles = new Map<string, { readonly id: string; readonly texts: Map<string, string> }>();
  readonly #testCases = new Map<string, { readonly id: string; readonly texts: Map<string, string> }>();
  #running: Running | undefined;

  constructor(scenarios: readonly Planned[], send: (report: Report) => void) {
    this.#ids = new Map(scenarios.map(({ id, uri, line }) => [`${uri}:${line}`, id]));
    this.#send = send;
  }

  take(envelope: Envelope): void {
    const { pickle, testCase, testCaseStarted, testStepFinished, testCaseFinished } = envelope;
    if (pickle !== undefined) {
      const id = this.#ids.get(`${pickle.uri}:${pickle.location?.line}`);
      if (id === undefined) return;
      this.#pickles.set(pickle.id, { id, texts: new Map(pickle.steps.map((step) => [step.id, step.text])) });
    } else if (testCase !== undefined) {
      const planned = this.#pickles.get(testCase.pickleId);
      if (planned === undefined) return;
      const texts = new Map(
        testCase.testSteps.map((step) => [step.id, planned.texts.get(step.pickleStepId ?? '') ?? '']),
      );
      this.#testCases.set(testCase.id, { id: planned.id, texts });
    } else if (testCaseStarted !== undefined) {
      const planned = this.#testCases.get(testCaseStarted.testCaseId);
      if (planned === undefined) return;
      stage.begin();
      this.#running = {
        ...planned,
        began: process.hrtime.bigint(),
        failedStep: '',
        harness: '',
        complaint: '',
      };
      this.#send({ report: 'started', id: planned.id });
    } else if (testStepFinished !== undefined && this.#running !== undefined) {
      const { status, message = '' } = testStepFinished.testStepResult;
      if (status === 'PASSED' || status === 'SKIPPED') return;
      this.#running.failedStep ||= this.#running.texts.get(testStepFinished.testStepId) ?? '';
      this.#running.complaint ||= `${status.toLowerCase()} step ${message}`;
      if (status !== 'FAILED') this.#running.harness = `${status.toLowerCase()} step ${message}`;
    } else if (testCaseFinished !== undefined && this.#running !== undefined) {
      const { id, began, failedStep, harness, complaint } = this.#running;
      this.#running = undefined;
      const duration = Number(process.hrtime.bigint() - began) / 1e6;
      // A step that failed before its function was called, in a parameter of it, has left nothing on the stage.
      const unseen = stage.curtain.kind === 'passed' ? complaint : '';
      const outcome = outcomeOf(stage.curtain, failedStep, harness || unseen);
      this.#send({ report: 'finished', id, outcome, duration, inUnion: stage.inUnion });
    }
  }
}
