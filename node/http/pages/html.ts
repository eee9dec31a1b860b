/**
 * HTML by tagged template. Whatever is put into a template is escaped, text and attribute values alike, unless it is
 * `Html` itself; so nothing that a record says can become markup. Attribute values stand in double quotes.
 *
 * ```ts
 * html`<a href="${url}">${title}</a>`      // both escaped
 * html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`
 * ```
 */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }
}

/** `undefined` and `false` write nothing, so that `condition && html`…`` reads as it should. */
export type HtmlValue = Html | string | number | undefined | false | readonly HtmlValue[];

export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const parts = withoutIndentation(strings);
  let markup = parts[0] ?? '';
  for (const [i, value] of values.entries()) markup += markupOf(value) + (parts[i + 1] ?? '');
  return new Html(markup);
}

const tidied = new WeakMap<TemplateStringsArray, readonly string[]>();

/** A template is indented for who reads the source; readers of the page need not load that. */
function withoutIndentation(strings: TemplateStringsArray): readonly string[] {
  let parts = tidied.get(strings);
  if (parts === undefined) {
    parts = strings.map((part) => part.replace(/\n\s+/g, '\n'));
    tidied.set(strings, parts);
  }
  return parts;
}

/**
 * Data within a page (HTML, section 4.12.1: a script element that is a data block). Nothing of it is run, so the content
 * security policy lets it be; `<` is written so that no text can end the element.
 */
export function dataBlock(type: string, data: unknown): Html {
  const json = JSON.stringify(data).replaceAll('<', String.raw`\u003c`);
  return new Html(`<script type="${type}">${json}</script>`);
}

/** The values one after another, with `separator` between them. */
export function join(values: readonly HtmlValue[], separator: HtmlValue): Html {
  return html`${values.map((value, i) => (i === 0 ? value : html`${separator}${value}`))}`;
}

function markupOf(value: HtmlValue): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escaped(value);
  let markup = '';
  for (const item of value) markup += markupOf(item);
  return markup;
}

const special = /[&<>"']/;
const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return special.test(text) ? text.replace(/[&<>"']/g, (character) => references[character] ?? '') : text;
}
