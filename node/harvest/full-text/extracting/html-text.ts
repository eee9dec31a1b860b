import { Parser } from 'htmlparser2';
import type { DocumentContent } from './document-content.ts';
import { decodeMarkup } from './decode-markup.ts';
import { TextLines } from './text-lines.ts';

/** Never part of a text. */
const noText: ReadonlySet<string> = new Set(
  'script style noscript template svg annotation nav form button select iframe object head'.split(' '),
);
/** Around a text, unless they are within it. */
const frame: ReadonlySet<string> = new Set(['header', 'footer', 'aside']);
/** Each begins a line of its own. */
const blocks: ReadonlySet<string> = new Set(
  `address article blockquote body br caption dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li main ol p pre section
  table td th tr ul`.split(/\s+/),
);
/** Letters below which a page says nothing. */
const FEWEST_LETTERS = 200;
/** What a page declares as its main content stands for it, unless next to nothing of it is there. */
const MAIN_SHARE = 0.2;

interface Element {
  isMain: boolean;
  isLeftOut: boolean;
}

/** The text of an HTML page: of its main content where it tells which that is, without navigation, scripts and forms. */
export function readHtml(bytes: Uint8Array, charset?: string): DocumentContent {
  const format = 'text/html';
  const page = new TextLines();
  const main = new TextLines();
  const open: Element[] = [];
  let leftOut = 0;
  let inMain = 0;
  let asksForPassword = false;

  const breakLine = (name: string): void => {
    if (!blocks.has(name)) return;
    page.break();
    main.break();
  };
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        asksForPassword ||= name === 'input' && attributes['type']?.toLowerCase() === 'password';
        const isMain = name === 'main' || name === 'article' || attributes['role'] === 'main';
        const isLeftOut = noText.has(name) || (frame.has(name) && inMain === 0);
        open.push({ isMain, isLeftOut });
        if (isMain) inMain += 1;
        if (isLeftOut) leftOut += 1;
        breakLine(name);
      },
      ontext: (text) => {
        if (leftOut > 0) return;
        page.add(text);
        if (inMain > 0) main.add(text);
      },
      onclosetag: (name) => {
        const closed = open.pop();
        if (closed?.isMain === true) inMain -= 1;
        if (closed?.isLeftOut === true) leftOut -= 1;
        breakLine(name);
      },
    },
    { decodeEntities: true },
  );
  parser.end(decodeMarkup(bytes, charset));

  const told = asksForPassword ? { asksForPassword } : {};
  if (page.letters < FEWEST_LETTERS) return { outcome: 'no-text', format, ...told };
  const { text } = main.letters >= page.letters * MAIN_SHARE ? main : page;
  return { outcome: 'text', format, text, ...told };
}
