/** What the features need beside what is built in: unions, network devices for namespaces, and block devices. */
const wanted = ['overlay', 'fuse', 'veth', 'loop'];

/**
 * The modules to load, in the order of loading; one that is not in the list is built in.
 * @param list of `modules.dep` (modules.dep(5)): `a.ko: b.ko c.ko`, where c.ko is needed first.
 */
export function modulesToLoad(list: string): readonly string[] {
  const needs = new Map(
    list
      .split('\n')
      .filter((line) => line.includes(':'))
      .map((line) => {
        const [module = '', rest = ''] = line.split(':');
        return [module, rest.split(' ').filter(Boolean)] as const;
      }),
  );
  const paths = wanted.flatMap((name) => [...needs.keys()].filter((path) => path.endsWith(`/${name}.ko`)));
  return [...new Set(paths.flatMap((path) => [...(needs.get(path) ?? []).toReversed(), path]))];
}
