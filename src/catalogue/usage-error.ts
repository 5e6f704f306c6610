/** A command line that cannot be followed; the message says what to do. Ends with exit code 64. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  /** A control character of a path or a name is shown as `\\xHH`: the message stays one line. */
  constructor(message: string, options?: ErrorOptions) {
    super(message.replace(/\p{Cc}/gu, escaped), options);
  }
}

function escaped(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
