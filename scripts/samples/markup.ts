/** XML with one element on each line, so that the files can be read and compared. */
import { element, startTag, type XmlAttributes } from '../../vocab/xml/index.ts';

/** One element for each value that there is. */
export function each(
  name: string,
  values: readonly (string | undefined)[],
  attributes: XmlAttributes = {},
): string[] {
  return values.filter((value) => value !== undefined).map((value) => element(name, attributes, value));
}

/** An element around other lines, which are indented; nothing where there are no lines. */
export function block(name: string, lines: readonly string[], attributes: XmlAttributes = {}): string[] {
  if (lines.length === 0) return [];
  return [startTag(name, attributes), ...lines.map((line) => `  ${line}`), `</${name}>`];
}
