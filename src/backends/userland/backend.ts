import { Engine } from '../../union/engine.js';
import { userlandBackend } from './userland.js';

export default userlandBackend({
  name: 'userland',
  title: 'the in-house union, in process: aufs semantics, no mount, no root',
  Engine,
});
