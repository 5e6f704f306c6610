import { mountedUnion } from './mounted-union.js';

export default mountedUnion({
  name: 'userland-fuse',
  title: 'the in-house union, mounted through FUSE: aufs semantics without aufs',
});
