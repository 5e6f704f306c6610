import koffi from 'koffi';
import { libc, succeed } from './libc.js';

/** Two connected sockets that no other program inherits (socketpair(2), AF_UNIX, SOCK_STREAM). */
export function socketPair(): readonly [number, number] {
  const AF_UNIX = 1;
  const SOCK_STREAM = 1;
  const SOCK_CLOEXEC = 0o2000000;
  const pair = Buffer.alloc(8);
  succeed('socketpair', '', libc.socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
  return [pair.readInt32LE(0), pair.readInt32LE(4)];
}

/** The descriptor that comes over a socket (unix(7), SCM_RIGHTS); nothing that is started inherits it. */
export function receiveDescriptor(socket: number): number {
  const MSG_CMSG_CLOEXEC = 0x40000000;
  const data = Buffer.alloc(1);
  const vector = Buffer.alloc(16); // struct iovec
  vector.writeBigUInt64LE(BigInt(koffi.address(data)), 0);
  vector.writeBigUInt64LE(1n, 8);
  const control = Buffer.alloc(32); // struct cmsghdr of 16 bytes, then the descriptor
  const message = Buffer.alloc(56); // struct msghdr
  message.writeBigUInt64LE(BigInt(koffi.address(vector)), 16);
  message.writeBigUInt64LE(1n, 24);
  message.writeBigUInt64LE(BigInt(koffi.address(control)), 32);
  message.writeBigUInt64LE(BigInt(control.length), 40);
  succeed('recvmsg', '', libc.recvmsg(socket, message, MSG_CMSG_CLOEXEC));
  return control.readInt32LE(16);
}
