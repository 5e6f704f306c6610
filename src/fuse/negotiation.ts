/** INIT: what the kernel offers, and what of it a union takes. */
import { SystemError } from '../system/errno.js';
import type { Door } from './door.js';
import { initFlags as flag, initFlags2 as flag2, VERSION } from './protocol.js';
import type { Caller, Of } from './request.js';

/** Without one of these the union would not be right. */
const needed =
  flag.atomicTruncation |
  flag.bigWrites |
  flag.dontMask |
  flag.maxPages |
  flag.handleKillprivV2 |
  flag.setxattrExt;

const wanted =
  needed |
  flag.asyncRead |
  flag.autoInvalData |
  flag.asyncDio |
  flag.parallelDirops |
  flag.posixAcl |
  flag.cacheSymlinks |
  flag.initExt;

/** @throws SystemError EPROTO: the kernel is older than Linux 5.12 */
export function negotiate(door: Door, _: Caller, offer: Of<'init'>): number {
  const { reply, notifications, watch, passThrough } = door;
  const isOld = offer.major !== VERSION.major || offer.minor < VERSION.oldest;
  if (isOld || (offer.flags & needed) !== needed) throw new SystemError('EPROTO', 'init');
  notifications.canExpire = (offer.flags2 & flag2.expireOnly) !== 0;
  if (watch !== undefined && !notifications.canExpire) reply.beForgotten();
  const passes = passThrough.isWanted && (offer.flags2 & flag2.passthrough) !== 0;
  if (passes) passThrough.agree();
  return reply.init({
    minor: Math.min(VERSION.minor, offer.minor),
    readAhead: offer.readAhead,
    // What is told with a listing is of use only as long as the kernel may remember it.
    flags: (offer.flags & (reply.isRemembered ? wanted | flag.doReaddirplus : wanted)) >>> 0,
    flags2: passes ? flag2.passthrough : 0,
    stackDepth: passes ? 1 : 0, // a branch must not be stacked itself, then something can be stacked on the union
  });
}
