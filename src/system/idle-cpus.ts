import { cString, libc, succeed } from './libc.js';

const CONTROL = '/dev/cpu_dma_latency';
const O_WRONLY = 1;
const O_CLOEXEC = 0o2000000;

/** Microseconds; the second is what is allowed while nobody asks for less (linux/pm_qos.h). */
const NONE = 0;
const USUAL = 2_000_000_000;

/**
 * How long an idle CPU of this machine may take to wake up (PM QoS, Documentation/power/pm_qos_interface.rst).
 * An idle CPU sleeps; the deeper it does, and in a virtual machine that means giving the CPU away, the later a
 * process runs that is woken there. What is asked for ends with the process.
 */
export class IdleCpus {
  readonly #control: number;

  /** @throws SystemError EACCES for who is not root; ENOENT in a container, or where CPUs never sleep */
  constructor() {
    this.#control = succeed('open', CONTROL, libc.open(cString(CONTROL), O_WRONLY | O_CLOEXEC, 0));
  }

  /** They wait for work awake, which takes power, and time of a CPU from whoever shares it. */
  stayAwake(): void {
    this.#allow(NONE);
  }

  maySleep(): void {
    this.#allow(USUAL);
  }

  #allow(latency: number): void {
    const value = Buffer.alloc(4);
    value.writeInt32LE(latency);
    libc.write(this.#control, value, value.length);
  }

  close(): void {
    libc.close(this.#control);
  }
}
