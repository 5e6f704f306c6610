/** Of the guest's memory, what is used is taken from this machine. */
const memory = '1500M';

/**
 * The command line of the guest kernel (kernel-parameters.rst; `linux.uml --help`).
 * @param root what the guest sees as its root, read-only, through hostfs.
 * @param place where this machine put `node`, `guest.js` and `orders.json`.
 */
export function kernelParameters(root: string, place: string): readonly string[] {
  return [
    `mem=${memory}`,
    `uml_dir=${place}/control`, // not ~/.uml
    'root=/dev/root',
    'rootfstype=hostfs',
    `rootflags=${root}`,
    'ro',
    // The first process has standard output as its console, and nobody else anything.
    'con=null',
    'con0=null,fd:1',
    'con1=null',
    'ssl=null',
    'quiet',
    'panic=-1', // ends at once, instead of waiting for somebody to read it
    `init=${place}/node`,
    '--',
    `${place}/guest.js`,
    place,
  ];
}
