/**
 * A worker: cucumber in process, one scenario after the other, an agent of its own. It runs
 * what the pool orders and reports each scenario as it ends.
 */
import { Writable } from 'node:stream';
import type { Answer, Request } from '../agent/protocol.js';
import { AgentStopped } from './agent-client.js';
import { stage } from './stage.js';
import type { Order, Report } from './worker-protocol.js';

function send(report: Report): void {
  process.send?.(report);
}

// The agent first: it starts while this process reads cucumber, which takes as long.
const agent = stage.agent();
const cucumber = import('./cucumber.js').then(({ createCucumber }) =>
  createCucumber(send, new Writable({ write: (_, __, done) => done() })),
);

const PROBE_ATTEMPTS = 2;

/** A probe that ends its agent may be the fault of who killed it: it is asked once more. */
async function answerTo(request: Request): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await stage.askUnchecked(request);
    } catch (failure) {
      if (!(failure instanceof AgentStopped)) throw failure;
      if (attempt === PROBE_ATTEMPTS) return { stopped: failure.message, kind: failure.kind };
    }
  }
}

async function obey(order: Order): Promise<void> {
  switch (order.order) {
    case 'ask':
      send({ report: 'answer', answer: await answerTo(order.request) });
      return;
    case 'run':
      await (await cucumber).run(order.batch);
      send({ report: 'idle' });
      return;
    case 'stop':
      await stage.close();
      process.disconnect();
  }
}

let previous: Promise<void> = Promise.resolve();
process.on('message', (order: Order) => {
  previous = previous
    .then(() => obey(order))
    .catch((failure: unknown) => {
      process.stderr.write(`${failure instanceof Error ? failure.stack : String(failure)}\n`);
      process.exit(70);
    });
});
// The pool is gone: so is the reason to go on. The agent ends with this process.
process.on('disconnect', () => process.exit());
if (!process.connected) process.exit(); // it went while this process was starting

const { isolation, refusals } = await agent;
send({ report: 'ready', isolation, refusals });
