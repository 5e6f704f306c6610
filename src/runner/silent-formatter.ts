/** Cucumber wants a formatter for its standard output; the worker listens to its messages instead. */
export default { type: 'formatter', formatter: () => {} };
