/** XML 1.0 as text. It cannot hold control characters at all, so they are written out as `\xHH`. */
import { printable } from './printable.js';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
  '\r': '&#13;',
};

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Elements, or one text. */
  readonly content: readonly Element[] | string;
}

export function element(
  name: string,
  attributes: Element['attributes'],
  content: Element['content'] = [],
): Element {
  return { name, attributes, content };
}

export function toXml({ name, attributes, content }: Element, indent = ''): string {
  const open = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${attribute(value)}"`)];
  if (content.length === 0) return `${indent}<${open.join(' ')}/>\n`;
  const inside =
    typeof content === 'string'
      ? text(content)
      : `\n${content.map((child) => toXml(child, `${indent}  `)).join('')}${indent}`;
  return `${indent}<${open.join(' ')}>${inside}</${name}>\n`;
}

function attribute(value: string | number): string {
  return printable(`${value}`).replace(/[&<>"\n\t\r]/g, (character) => entities[character] ?? character);
}

function text(value: string): string {
  return printable(value).replace(/[&<>\r]/g, (character) => entities[character] ?? character);
}
