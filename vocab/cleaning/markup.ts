import { subscript, superscript } from './scripts.ts';

const attributes = String.raw`(?:\s[^<>]{0,2000})?`;
const prefix = '(?:jats:|mml:|m:)?';

function tags(names: string): RegExp {
  return new RegExp(`</?${prefix}(?:${names.replaceAll(' ', '|')})${attributes}/?>`, 'gi');
}

/** Tags of HTML, JATS and MathML by their effect on the words around; others are text, as in "p <0.05". */
const inlineTag = tags(
  'a abbr acronym alternatives b big bold cite code del dfn em ext-link font i inf inline-formula ins inf italic kbd mark math menclose merror mfenced mfrac mi mn mo monospace mover mpadded mphantom mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover named-content o overline q roman s samp sans-serif sc scp semantics small span strike strong styled-content sub sup tex-math tt u underline uri var xref',
);
const blockTag = tags(
  'abstract article blockquote body br center dd disp-formula div dl dt h[1-6] head header hr html img inline-graphic li list list-item nl ol p para pre sec section table tbody td th thead title tr ul',
);
const unseen =
  /<(script|style)(?:\s[^<>]{0,2000})?>[^<]*<\/\1>|<!--[^<>]*-->|<\/?[a-z]{1,3}:[A-Za-z]{1,20}\/>/gi;

/** A formula that is there twice: MathML holds the letters, LaTeX or an annotation says the same. */
const annotation = new RegExp(
  `<${prefix}annotation(?:-xml)?${attributes}>[^<]*</${prefix}annotation(?:-xml)?>`,
  'gi',
);
const texBeside = new RegExp(
  `<${prefix}tex-math${attributes}>[^<]*</${prefix}tex-math>(?=\\s*<${prefix}math)|(?<=</${prefix}math>\\s{0,20})<${prefix}tex-math${attributes}>[^<]*</${prefix}tex-math>`,
  'gi',
);

const raised = /<sup(?:\s[^<>]{0,2000})?>([^<>]{1,20})<\/sup>/gi;
const lowered = /<(?:sub|inf)(?:\s[^<>]{0,2000})?>([^<>]{1,20})<\/(?:sub|inf)>/gi;

const leaf = `<${prefix}m[ino]${attributes}>([^<>]{1,100})</${prefix}m[ino]>`;
const mathPower = new RegExp(
  `<${prefix}(msup|msub|mfrac)${attributes}>\\s{0,20}${leaf}\\s{0,20}${leaf}\\s{0,20}</${prefix}\\1>`,
  'gi',
);

/** A text without tags. What they say of formulas stays as far as plain text can: `m<sup>2</sup>` is m². */
export function withoutMarkup(text: string): string {
  let plain = text;
  if (/<(?:mml:|m:)?m[a-z]|<[a-z:]{0,5}tex-math|annotation/i.test(plain)) plain = withoutMathMl(plain);
  return plain
    .replace(unseen, ' ')
    .replace(raised, (_, content: string) => superscript(content) ?? content)
    .replace(lowered, (_, content: string) => subscript(content) ?? content)
    .replace(blockTag, ' ')
    .replace(inlineTag, '');
}

function withoutMathMl(text: string): string {
  return text
    .replace(annotation, '')
    .replace(texBeside, '')
    .replace(mathPower, (_, what: string, base: string, other: string) => {
      if (what === 'mfrac') return `${base}/${other}`;
      const small = what === 'msup' ? superscript(other) : subscript(other);
      return base + (small ?? `${what === 'msup' ? '^' : '_'}${other}`);
    });
}
