import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type Bytes, toBuffer } from '../bytes.js';
import { SystemError } from './errno.js';
import { endProcess, findProgram, hasEnded, startProgram } from './processes.js';
import { waitFor } from './wait.js';

const STARTED_MS = 5_000;

/** How long the last request may take to be noted; milliseconds. */
const NOTED_MS = 2_000;

/** One request that was granted (OCI distribution specification). */
export interface RegistryRequest {
  readonly method: string;
  /** Path and query. */
  readonly uri: string;
}

/** docker-registry(1) of the distribution project, on the loopback device of a network namespace. */
export class ImageRegistry {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  readonly #log: Buffer;
  readonly #pid: number;

  private constructor(address: string, log: Buffer, pid: number) {
    this.address = address;
    this.#log = log;
    this.#pid = pid;
  }

  /**
   * @param place an empty directory for its files; absolute.
   * @param storage where it keeps what it is given: several can serve the same directory; absolute.
   * @param network a file of namespaces(7), in which its port is.
   * @throws SystemError ENOENT when it is not installed, EIO with its words when it does not come up.
   */
  static start(place: Bytes, storage: Bytes, network: string): ImageRegistry {
    if (findProgram('docker-registry') === undefined) {
      throw new SystemError('ENOENT', 'find', 'docker-registry');
    }
    const inside = (name: string) => toBuffer(`${place}/${name}` as Bytes);
    const log = inside('log');
    mkdirSync(toBuffer(storage), { recursive: true });
    writeFileSync(log, '');
    writeFileSync(inside('config.yml'), configuration(storage)); // JSON is YAML
    const command = ['nsenter', `--net=${network}`, 'docker-registry', 'serve', `${place}/config.yml`];
    const pid = startProgram(command, { directory: toBuffer(place), log });
    const address = waitFor(() => {
      const [, found] = /listening on (127\.0\.0\.1:\d+)/.exec(readFileSync(log, 'utf8')) ?? [];
      return found ?? (pid === undefined || hasEnded(pid, 0) ? '' : undefined);
    }, STARTED_MS);
    if (address && pid !== undefined) return new ImageRegistry(address, log, pid);
    if (pid !== undefined) endProcess(pid, 0);
    const said = readFileSync(log, 'utf8').trim().split('\n').at(-1) ?? '';
    throw new SystemError('EIO', 'docker-registry', said);
  }

  /** All requests so far, in the order of their ends; those that were begun are waited for. */
  requests(): readonly RegistryRequest[] {
    const noted = waitFor(() => this.#noted(), NOTED_MS);
    if (noted === undefined) throw new SystemError('ETIMEDOUT', 'docker-registry');
    return noted;
  }

  #noted(): readonly RegistryRequest[] | undefined {
    const lines = readFileSync(this.#log, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{'));
    const entries = lines.flatMap(entryIn);
    const ended = entries.filter(({ msg }) => msg.startsWith('response completed')); // or: "with error"
    const ids = new Set(ended.map((entry) => entry['http.request.id']));
    if (entries.some((entry) => !ids.has(entry['http.request.id']))) return undefined;
    return ended
      .filter(({ msg }) => msg === 'response completed')
      .map((entry) => ({ method: entry['http.request.method'], uri: entry['http.request.uri'] }));
  }

  end(): void {
    endProcess(this.#pid, 0);
  }
}

function configuration(storage: Bytes): string {
  return JSON.stringify({
    version: '0.1',
    log: { level: 'debug', formatter: 'json', accesslog: { disabled: true } }, // debug tells of their begin too
    storage: { filesystem: { rootdirectory: storage } },
    http: { addr: '127.0.0.1:0' },
  });
}

type LogEntry = Readonly<
  Record<'msg' | 'http.request.id' | 'http.request.method' | 'http.request.uri', string>
>;

/** What a line says of a request; one that is not whole yet says nothing. */
function entryIn(line: string): LogEntry[] {
  try {
    const entry = JSON.parse(line) as LogEntry;
    return entry['http.request.id'] === undefined ? [] : [entry];
  } catch {
    return [];
  }
}
