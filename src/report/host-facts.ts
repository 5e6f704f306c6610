/** Where the scenarios of a report were run, for people. */
import type { BackendSummary, Header, HostFacts } from '../outcome.js';

export function hostOf({ host: common }: Pick<Header, 'host'>, { host }: BackendSummary): HostFacts {
  return host ?? common;
}

/** Each value that some host has, once, in the order of the columns. */
export function hostFacts(header: Header) {
  const hosts =
    header.backends.length === 0 ? [header.host] : header.backends.map((each) => hostOf(header, each));
  const each = (show: (host: HostFacts) => string) => [...new Set(hosts.map(show))].join(', ');
  return {
    kernel: each(({ name, kernel }) => (name === 'local' ? `Linux ${kernel}` : `Linux ${kernel} (${name})`)),
    arch: each(({ arch }) => arch),
    node: each(({ node }) => `Node ${node}`),
    user: each(({ user }) => (user === 'root' ? 'as root' : 'as an ordinary user')),
  };
}
