const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A command line that bash reads back as these words. */
export function shellWords(words: readonly string[]): string {
  return words.map(quote).join(' ');
}

function quote(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (!/[\n\r\t]/.test(word)) return `'${word.replaceAll("'", "'\\''")}'`;
  // A line break would be lost where the command is shown on one line.
  return `$'${word.replace(/[\\'\n\r\t]/g, (character) => escapes[character] ?? `\\${character}`)}'`;
}
