/** The kernels that `--on=uml:SERIES` takes: packages of Debian, each of another release. */
import type { PinnedPackage } from './fetch-package.js';

export interface Kernel {
  /** `6.1` */
  readonly series: string;
  /** What `uname -r` says in it. */
  readonly release: string;
  readonly package: PinnedPackage;
  /** The C library it was built with, where that is newer than the oldest one the suite runs on (glibc 2.36). */
  readonly library?: PinnedPackage;
}

const pool = 'pool/main/u/user-mode-linux/user-mode-linux';

const library: PinnedPackage = {
  path: 'pool/main/g/glibc/libc6_2.41-12+deb13u4_amd64.deb',
  size: 2_846_580,
  sha256: '967aa62605721081c3eb2a17650611a792aa802d76a6511d1840242623d204c9',
};

export const kernels: readonly Kernel[] = [
  {
    series: '5.10',
    release: '5.10.46',
    package: {
      path: `${pool}_5.10um3+b1_amd64.deb`,
      size: 38_177_908,
      sha256: '2cf4c2b2b36272b0b42c973d1239b4e73ad24c53d1a041a227f28bbee9b7082b',
    },
  },
  {
    series: '6.1',
    release: '6.1.176',
    package: {
      path: `${pool}_6.1um4+b13_amd64.deb`,
      size: 41_388_548,
      sha256: '0ce700f835c385ab09860ad33137817402403a29e424177510244bd75a81c687',
    },
  },
  {
    series: '6.12',
    release: '6.12.101',
    package: {
      path: `${pool}_6.12um1+b21_amd64.deb`,
      size: 35_667_860,
      sha256: '2e43edfce116cb48362b932c24128a8dfe2de9bba2aba735cdb3b1b4a114238c',
    },
    library,
  },
  {
    series: '7.2',
    release: '7.2.7',
    package: {
      path: `${pool}_7.2um1_amd64.deb`,
      size: 36_430_088,
      sha256: 'f947c9244fd79d481299df2ad68961f6b3b7703bff38c4b0e726f861161da62c',
    },
    library,
  },
];
