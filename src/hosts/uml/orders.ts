/** What a guest is for. Paths are absolute, and the same in it as on this machine. */
export interface Work {
  /** Where results go: the one directory of this machine that the guest can write to. */
  readonly report: string;
  readonly command: readonly string[];
  /** Files that the command names. */
  readonly files: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What the guest's first process is told. */
export interface GuestOrders extends Work {
  /** Kernel modules, in the order of loading. */
  readonly modules: readonly string[];
}

/** What the process that starts the guest is told. */
export interface Orders extends GuestOrders {
  /** The kernel: a program of this machine. */
  readonly kernel: string;
  /** A directory with `ld-linux-x86-64.so.2` and `libc.so.6` for a kernel that this machine's are too old for. */
  readonly libraries?: string;
  /** A directory for the tmpfs in which everything of the guest lies. */
  readonly place: string;
}
