import { commandLineOf, listProcesses } from '../../system/processes.js';
import { waitFor } from '../../system/wait.js';
import type { Client } from '../docker/client.js';

/** How long what podman has started for a container may outlive it; milliseconds. */
const FAREWELL_MS = 5_000;

/** podman takes the words of Docker's command line, and gives its answers; here is where the two differ. */
export function inWordsOfDocker(podman: Client): Client {
  const ask = (parameters: readonly string[], input?: Buffer) => {
    const answer = podman(wordsOf(parameters), input);
    if (/^container (rm|stop)$/.test(verbOf(parameters))) waitForKeepers(parameters.at(-1) ?? '');
    return answerOf(verbOf(parameters), answer);
  };
  return Object.assign(ask, {
    command: (parameters: readonly string[]) => podman.command(wordsOf(parameters)),
  });
}

function verbOf([kind, verb]: readonly string[]): string {
  return `${kind} ${verb}`;
}

function wordsOf(parameters: readonly string[]): readonly string[] {
  const [kind = '', verb = '', ...rest] = parameters;
  const further = furtherWords[verbOf(parameters)];
  return further === undefined ? parameters : [kind, verb, further, ...rest];
}

const furtherWords: Readonly<Record<string, string>> = {
  // Else it is first asked to end, and given ten seconds.
  'container rm': '--time=0',
  // Else the images that it was made from go too, with their containers.
  'image rm': '--no-prune',
  // Docker asks registries on the loopback device without TLS.
  'image push': '--tls-verify=false',
  'image pull': '--tls-verify=false',
};

/** A container's conmon(8), and one for each process that was started in it, tidy up by commands of their own. */
function waitForKeepers(container: string): void {
  waitFor(
    () => !listProcesses().some((pid) => commandLineOf(pid).includes(container)) || undefined,
    FAREWELL_MS,
  );
}

function answerOf(verb: string, answer: string): string {
  switch (verb) {
    case 'image build':
    case 'container commit':
    case 'image inspect':
      return answer.replace(/^(.*\n)*(?=[0-9a-f]{64}$)/, 'sha256:');
    case 'image history':
      return historyOf(answer);
    default:
      return answer;
  }
}

interface Step {
  readonly id: string;
  readonly CreatedBy?: string;
  readonly size: number;
}

/** All steps are one list, and have other names. */
function historyOf(answer: string): string {
  const steps = JSON.parse(answer) as readonly Step[];
  const lines = steps.map(({ id, CreatedBy, size }) => {
    const image = id === '<missing>' ? id : `sha256:${id}`;
    return JSON.stringify({ ID: image, CreatedBy: CreatedBy ?? '', Size: `${size}` });
  });
  return lines.join('\n');
}
