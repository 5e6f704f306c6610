import type { Backend } from '../backend.js';
import { nativeContainers } from './native-runtime.js';

/** The backend with its containers: its own, or those of the kernel for a union that programs see. */
export function withContainers(backend: Backend): Backend {
  const seen = backend.capabilities.includes('visible-to-programs');
  const containers = backend.containers ?? (seen ? nativeContainers : undefined);
  if (containers === undefined) return backend;
  return { ...backend, containers, capabilities: [...backend.capabilities, ...containers.capabilities] };
}
