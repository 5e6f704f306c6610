/** What the process that starts a guest, and the guest's first process, are told. */

/** For the guest: the same absolute paths as on this machine. */
export interface GuestOrders {
  /** Where the suite's results go: the one directory of this machine that the guest can write to. */
  readonly report: string;
  /** Kernel modules, in the order of loading. */
  readonly modules: readonly string[];
  /** Nothing is put above the root. */
  readonly readOnlyRoot: boolean;
  readonly command: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}

export interface Orders extends GuestOrders {
  /** The kernel: a program of this machine. */
  readonly kernel: string;
  /** A directory with `ld-linux-x86-64.so.2` and `libc.so.6` for a kernel that this machine's are too old for. */
  readonly libraries?: string;
  /** A directory for the tmpfs in which everything of the guest lies. */
  readonly place: string;
}
