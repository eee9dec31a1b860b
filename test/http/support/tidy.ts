/** The markup without what no reader sees: white space beside tags, and more than one space in a row. */
export function tidy(markup: string): string {
  return markup
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/> | (?=<)/g, (text) => text.trim())
    .replaceAll(' />', '>');
}
