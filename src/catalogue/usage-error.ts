/** A command line that cannot be followed; the message says what to do. Ends with exit code 64. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
