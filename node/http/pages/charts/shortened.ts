import { html, type Html } from '../html.ts';

/** So much of a label fits beside its number on a phone, and on a wide screen; in the width of a Latin letter. */
const NARROW = 28;
const WIDE = 56;

/** A label of which CSS shows as much as the screen has room for. Text in SVG does not wrap. */
export function shortened(label: string): Html {
  const narrow = cut(label, NARROW);
  if (narrow === label) return html`${label}`;
  const wide = cut(label, WIDE);
  return html`${narrow}<tspan class="wide">${wide.slice(narrow.length)}${wide !== label && '…'}</tspan
    ><tspan class="narrow">…</tspan>`;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** East Asian characters are two letters wide, or nearly so. */
const BROAD =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|^\p{Extended_Pictographic}/u;

/** The beginning of a text that is no wider than so many letters, with no character taken apart. */
function cut(text: string, width: number): string {
  let used = 0;
  for (const { segment, index } of graphemes.segment(text.slice(0, 4 * width))) {
    used += BROAD.test(segment) ? 2 : 1;
    if (used > width) return text.slice(0, index).trimEnd();
  }
  return text.length <= 4 * width ? text : text.slice(0, 4 * width);
}
