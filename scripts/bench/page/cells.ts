/** A number as the page has it. */
export function number(value: number): string {
  return Number.isFinite(value) ? value.toLocaleString('en') : 'not known';
}

export function met(holds: boolean | undefined): string {
  return holds === undefined ? '' : holds ? 'yes' : '**no**';
}

/** So that nothing in it is taken for Markdown, or ends the row of a table (GitHub Flavored Markdown, section 4.10). */
export function text(plain: string): string {
  return plain
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|~]/g, '\\$&');
}

export function sentence(about: string): string {
  return `${text(about.slice(0, 1).toUpperCase() + about.slice(1))}.`;
}

/** @param align of each column, as the line below the heading has it; to the left unless told */
export function table(
  heading: readonly string[],
  align: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return [heading, heading.map((_, i) => align[i] ?? '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
