/*
 * Where the lists of references stand in a text: behind their headings, up to whatever comes after them. A thesis may
 * have one in each chapter; a table of contents names them all and holds none.
 */

const longestHeading = 70;
const numbering = String.raw`(?:#{1,6}\s*)?(?:\*\*)?(?:(?:chapter|capítulo|chapitre|kapitel)\s)?(?:(?:\d{1,2}|[A-Z]|[IVXL]{1,6})(?:\.\d{1,2}){0,3}[.):]?\s{1,4}|§\s?\d{0,3}\s?)?`;
const names = [
  'references?(?: cited)?',
  'reference list',
  'list of references',
  'bibliographical references',
  'cited (?:literature|works|references)',
  'literature(?: cited)?',
  'works cited',
  'bibliograph(?:y|ies)',
  'sources',
  '(?:lista de )?referencias(?: bibliográficas| bibliograficas| citadas)?',
  'bibliograf[íi]a(?: citada| consultada| general)?',
  '(?:literatura|obras) citadas?',
  '(?:lista de )?referências(?: bibliográficas)?',
  'référence?s(?: bibliographiques| citées)?',
  'bibliographie(?: générale)?',
  'ouvrages cités',
  'literatur(?:verzeichnis|angaben|nachweise|liste)?',
  'quellen(?:verzeichnis| und literatur)?',
  'riferimenti(?: bibliografici)?',
  'literatura',
  'piśmiennictwo',
  'список литературы',
  'литература',
  '参考文献',
  '引用文献',
  '참고문헌',
].join('|');
const headingLine = new RegExp(String.raw`^${numbering}(?:${names})\s*(?:\*\*)?[:.]?$`, 'iu');
/** The list begins in the same line. */
const headingAndEntry = new RegExp(String.raw`^${numbering}(?:${names})\s*:?\s+(?=\[1\]|1\.\s\p{Lu})`, 'iu');
/** "R E F E R E N C E S", and "R EFERENCES" of small capitals. */
const spacedOut = /^(?:(?:\p{L}\s){4,}\p{L}|(?:[IVXL]+\.\s)?\p{Lu}\s\p{Lu}{5,})$/u;

/** Headings that go on in their line: "Appendix A: Data". */
const openEnd = new RegExp(
  String.raw`^${numbering}(?:${[
    'appendi(?:x|ces)',
    'apéndices?',
    'apêndices?',
    'anexos?',
    'annexes?',
    'anhang',
    'appendice',
    'supplement(?:ary|al) (?:materials?|information|data|text|figures|tables)',
    'supporting information',
    'about the authors?',
    'sobre (?:el|la|los|las|o|a|os|as) autor(?:a|es|as)?',
  ].join('|')})(?:$|[\s.:]\s?.{0,60}$)`,
  'iu',
);
/** Headings that stand alone. */
const end = new RegExp(
  String.raw`^${numbering}(?:${[
    'supplement',
    'acknowledge?ments?',
    'agradecimientos',
    'agradecimentos',
    'remerciements',
    'danksagung',
    "authors?['’]? (?:biograph(?:y|ies)|information|contributions?)",
    'biograph(?:y|ies)',
    'biographical (?:notes?|sketch)',
    'curriculum vitae',
    'vita',
    'lebenslauf',
    'list of (?:figures|tables|publications)',
    'index',
    'glossary',
    'conflicts? of interest',
    'funding',
    'data availability(?: statement)?',
  ].join('|')})[.:]?$`,
  'iu',
);
/** "A. Data", "A.1 Transformer architecture", "Table 7: Performance", a heading of Markdown. */
const otherHeading =
  /^(?:#{1,6}\s|(?:Table|Figure|Tabla|Figura|Tabelle|Abbildung|Tableau)\s\d{1,3}[.:]\s|[A-Z]\.\d{1,2}(?:\.\d{1,2})?\.?\s\p{Lu}\p{Ll}|Chapter\s\d|Capítulo\s\d|Chapitre\s\d|Kapitel\s\d)/u;

/** In one of the first lines of a list of its own the first entry is. */
const firstEntry = /^\s*(?:\[1\]|1[.)]\s|\(1\)\s)/;
const LINES_TO_FIRST = 4;

/** The lines of each list of references, headings left out. */
export function referenceSections(lines: readonly string[]): string[][] {
  const sections: string[][] = [];
  let section: string[] | undefined;
  for (const [at, line] of lines.entries()) {
    const opening = openingOf(line);
    if (opening !== undefined) {
      // The heading again at the top of the next page: the list goes on, unless its numbers begin anew.
      const isNew = lines.slice(at + 1, at + 1 + LINES_TO_FIRST).some((next) => firstEntry.test(next));
      if (section === undefined || isNew) section = begin(sections);
      if (opening !== '') section.push(opening);
    } else if (section !== undefined && endsList(line)) section = undefined;
    else section?.push(line);
  }
  return sections;
}

function begin(sections: string[][]): string[] {
  const section: string[] = [];
  sections.push(section);
  return section;
}

/** What stands behind the heading in its line, mostly nothing; undefined where the line is no heading of a list. */
function openingOf(line: string): string | undefined {
  const text = line.trim();
  if (text.length <= longestHeading) {
    const plain = spacedOut.test(text) ? text.replace(/^[IVXL]+\.\s/, '').replaceAll(/\s/g, '') : text;
    if (headingLine.test(plain)) return '';
  }
  const start = text.slice(0, longestHeading + 30);
  const match = headingAndEntry.exec(start);
  return match === null ? undefined : text.slice(match[0].length);
}

function endsList(line: string): boolean {
  const text = line.trim();
  // A line of an entry that goes on begins small.
  if (text.length > 120 || /^\p{Ll}/u.test(text)) return false;
  return end.test(text) || openEnd.test(text) || otherHeading.test(text);
}
