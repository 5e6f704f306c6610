/**
 * File names, targets and contents as the kernel sees them: sequences of bytes.
 * Each character of a `Bytes` string is one byte (U+0000–U+00FF), so a name that is
 * not UTF-8 is neither lost nor changed on its way through JSON.
 */
export type Bytes = string & { readonly bytes: unique symbol };

/** The bytes of a text in UTF-8; `\\xHH` in the text stands for one byte. */
export function bytes(text: string): Bytes {
  return text
    .split(/(\\x[0-9a-fA-F]{2})/)
    .map((part) =>
      part.startsWith('\\x')
        ? String.fromCharCode(Number.parseInt(part.slice(2), 16))
        : Buffer.from(part, 'utf8').toString('latin1'),
    )
    .join('') as Bytes;
}

export function fromBuffer(buffer: Buffer): Bytes {
  return buffer.toString('latin1') as Bytes;
}

export function toBuffer(value: Bytes): Buffer {
  return Buffer.from(value, 'latin1');
}

/**
 * For people: UTF-8 where it is UTF-8, `\\xHH` for every byte that is not, or that a
 * terminal would act on; a line feed stays.
 */
export function display(value: Bytes): string {
  const text = toBuffer(value).toString('utf8');
  const isText = !text.includes('\ufffd');
  return Array.from(isText ? text : value, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const isPrintable = code === 10 || (code >= 32 && code < 127) || (isText && code > 159);
    return isPrintable ? character : `\\x${code.toString(16).padStart(2, '0')}`;
  }).join('');
}

/** Joins two relative paths; the empty path is the root. */
export function join(directory: Bytes, name: Bytes): Bytes {
  return (directory === '' ? name : `${directory}/${name}`) as Bytes;
}

/** The directory part of a relative path, `''` for an entry of the root. */
export function parentOf(path: Bytes): Bytes {
  const slash = path.lastIndexOf('/');
  return (slash < 0 ? '' : path.slice(0, slash)) as Bytes;
}

/** The last component of a path. */
export function nameOf(path: Bytes): Bytes {
  return path.slice(path.lastIndexOf('/') + 1) as Bytes;
}
