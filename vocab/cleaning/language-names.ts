import { foldedForm } from './folded-form.ts';

/** Languages in which repositories name languages. */
const speakers = ['en', 'es', 'pt', 'fr', 'de', 'it', 'ca'];

/** Names that ICU does not have: other ones, older ones, and some languages' own for themselves. */
const more: Readonly<Record<string, string>> = {
  ar: 'العربية',
  bg: 'български',
  ca: 'català|Valencian|valencià|valenciano',
  cs: 'čeština|český',
  da: 'dansk',
  el: 'ελληνικά|Modern Greek|Greek Modern',
  en: 'American English|British English|anglès|inglesa|english language|eng us',
  es: 'castellano|Castilian|Spanish Castilian|espanhol|lengua española|lengua castellana|castelhano',
  et: 'eesti',
  eu: 'euskara|euskera|vascuence',
  fa: 'فارسی|Farsi',
  fi: 'suomi',
  grc: 'Greek Ancient|griego antiguo',
  mul: 'Multilingual|Multiple languages|Multilingüe|Varios idiomas|Vários idiomas|Plurilingue|Mehrsprachig',
  gl: 'galego',
  he: 'עברית',
  hi: 'हिन्दी',
  hr: 'hrvatski',
  hu: 'magyar',
  id: 'Bahasa Indonesia|Indonesia',
  ja: '日本語|nihongo',
  ko: '한국어',
  la: 'latina',
  lt: 'lietuvių',
  lv: 'latviešu',
  ms: 'Bahasa Melayu',
  nb: 'bokmål|norsk bokmål',
  nl: 'Nederlands|Flemish|Vlaams|Dutch Flemish|holandés|holandês',
  nn: 'nynorsk',
  no: 'norsk',
  pl: 'polski',
  'pt-BR': 'Brazilian Portuguese|português do Brasil|português brasileiro|Portuguese Brazil|português Brasil',
  qu: 'runasimi|quechua',
  ro: 'română|Moldavian',
  ru: 'русский',
  sk: 'slovenčina',
  sl: 'slovenščina|Slovene',
  sr: 'српски|srpski',
  sv: 'svenska',
  th: 'ไทย',
  tr: 'Türkçe',
  uk: 'українська',
  zxx: 'No linguistic content|Sin contenido lingüístico',
  ur: 'اردو',
  vi: 'tiếng Việt',
  zh: '中文|汉语|漢語|Mandarin|Chinese Mandarin|Chinese Simplified|Chinese Traditional',
};

/** Made when it is first needed: it takes some milliseconds, and most records have codes. */
let names: ReadonlyMap<string, string> | undefined;

/** The language of a name in folded form. */
export function languageNamed(folded: string): string | undefined {
  names ??= allNames();
  return folded === '' ? undefined : names.get(folded);
}

/** The names of all languages of ISO 639-1 in the languages of repositories, and those above. */
function allNames(): Map<string, string> {
  const all = new Map<string, string>();
  for (const [tag, list] of Object.entries(more)) {
    for (const name of list.split('|')) all.set(foldedForm(name), tag);
  }
  for (const speaker of speakers) {
    const display = new Intl.DisplayNames([speaker], { type: 'language', fallback: 'none' });
    for (const tag of [...twoLetterCodes(), 'haw', 'nah', 'arn', 'sah', 'yua', 'zap', 'grc', 'ast', 'fil']) {
      const name = display.of(tag);
      if (name === undefined) continue;
      const folded = foldedForm(name);
      if (!all.has(folded)) all.set(folded, tag);
    }
    const own = new Intl.DisplayNames([speaker], { type: 'language' }).of(speaker) ?? '';
    all.set(foldedForm(own), speaker);
  }
  return all;
}

function* twoLetterCodes(): Generator<string> {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  for (const first of letters) {
    for (const second of letters) {
      const [code = ''] = Intl.getCanonicalLocales(first + second);
      // Codes that were given up lead to others.
      if (code === first + second) yield code;
    }
  }
}
