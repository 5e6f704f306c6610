/**
 * Names and messages come from file systems under test: they may hold any character. What a
 * terminal, an XML parser or a reader's eye would act on is written out instead.
 */

/** C0, DEL and C1 without tab and line feed; bidirectional overrides; lone surrogates; noncharacters. */
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/gu;

/** Several lines stay several lines; `\xHH` stands for a byte, `\u{HEX}` for what is more than one. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

/** The same on one line: line feeds and tabs become one blank. */
export function oneLine(text: string): string {
  return printable(text.trim().replace(/\s*[\r\n\t]+\s*/g, ' '));
}

/** A name as a word of a sentence of the report: its first line, at most `limit` characters. */
export function firstLine(text: string, limit = 200): string {
  const line = [...oneLine(text.trimStart().split('\n', 1)[0] ?? '')];
  return line.length > limit ? `${line.slice(0, limit - 1).join('')}…` : line.join('');
}

/** `1 scenario`, `2 scenarios`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Milliseconds for people: `7 ms`, `1.2 s`, `3 min 20 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
