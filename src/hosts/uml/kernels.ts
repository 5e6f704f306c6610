/** The kernels that `--on=uml:SERIES` takes. */
export interface Kernel {
  readonly series: string;
}

export const kernels: readonly Kernel[] = [{ series: '6.1' }];
