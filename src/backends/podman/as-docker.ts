import type { Client } from '../docker/client.js';

/** podman takes the words of Docker's command line, and gives its answers; here are those in which the two differ. */
export function inWordsOfDocker(podman: Client): Client {
  const ask = (parameters: readonly string[], input?: Buffer) =>
    answerOf(parameters, podman(wordsOf(parameters), input));
  return Object.assign(ask, {
    command: (parameters: readonly string[]) => podman.command(wordsOf(parameters)),
  });
}

function wordsOf(parameters: readonly string[]): readonly string[] {
  const [kind = '', verb = '', ...rest] = parameters;
  const further = furtherWords[`${kind} ${verb}`];
  return further === undefined ? parameters : [kind, verb, further, ...rest];
}

const furtherWords: Readonly<Record<string, string>> = {
  // Else it is first asked to end, and given ten seconds.
  'container rm': '--time=0',
  // Docker asks registries on the loopback device without TLS.
  'image push': '--tls-verify=false',
  'image pull': '--tls-verify=false',
};

function answerOf([kind, verb]: readonly string[], answer: string): string {
  switch (`${kind} ${verb}`) {
    case 'image build':
    case 'container commit':
      return `sha256:${answer.split('\n').at(-1)}`;
    case 'image inspect':
      return /^[0-9a-f]{64}$/.test(answer) ? `sha256:${answer}` : answer;
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
