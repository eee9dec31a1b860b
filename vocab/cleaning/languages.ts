import { foldedForm } from './folded-form.ts';
import { remembered } from './remembered.ts';

/**
 * A language as BCP 47 has it (`en`, `pt-BR`), from a code of ISO 639-1, 639-2 or 639-3, a locale, or the language's name;
 * `undefined` where the text is none, or says that the language is not known.
 */
export const languageTag = remembered((text: string): string | undefined => {
  const trimmed = text.trim();
  if (trimmed.length < 2 || trimmed.length > 60) return undefined;
  const name = foldedForm(trimmed.replace(/\s*\([^()]*\)$/, ''));
  return named.get(name) ?? coded(trimmed.replaceAll('_', '-'));
});

/** Whether a text is a code already, though perhaps of another standard. */
export function isLanguageCode(text: string): boolean {
  return /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$/.test(text.trim());
}

function coded(code: string): string | undefined {
  const [, primary = '', rest = ''] = /^([A-Za-z]{2,3})((?:-[A-Za-z0-9]{2,8}){0,3})$/.exec(code) ?? [];
  if (primary === '') return undefined;
  const language = bibliographic.get(primary.toLowerCase()) ?? primary.toLowerCase();
  if (unknown.has(language)) return undefined;
  // ICU knows every code of two letters by name; of three letters it lacks many small languages.
  if (language.length === 2 && languageNames.of(language) === undefined) return undefined;
  try {
    return Intl.getCanonicalLocales(language + rest)[0];
  } catch {
    return Intl.getCanonicalLocales(language)[0];
  }
}

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** ISO 639-2's codes that say nothing, and the range for local use. */
const unknown: { has(code: string): boolean } = {
  has: (code) => /^(?:und|mis|q[a-t][a-z]|xx|zz)$/.test(code),
};

/** ISO 639-2's bibliographic codes, which BCP 47 does not have, and codes that are nobody's but in use. */
const bibliographic = new Map(
  Object.entries({
    alb: 'sq',
    arm: 'hy',
    baq: 'eu',
    bur: 'my',
    chi: 'zh',
    cze: 'cs',
    dut: 'nl',
    fre: 'fr',
    geo: 'ka',
    ger: 'de',
    gre: 'el',
    ice: 'is',
    mac: 'mk',
    mao: 'mi',
    may: 'ms',
    per: 'fa',
    rum: 'ro',
    slo: 'sk',
    tib: 'bo',
    wel: 'cy',
    scr: 'hr',
    scc: 'sr',
    esp: 'es',
    ing: 'en',
    jp: 'ja',
    gr: 'el',
    cz: 'cs',
    dk: 'da',
  }),
);

/** Names of the languages that repositories mostly hold: own name, English, Spanish, Portuguese, French, German. */
const named = new Map<string, string>();
for (const [tag, names] of Object.entries({
  af: 'Afrikaans',
  ar: 'Arabic|العربية|árabe|arabe|Arabisch',
  bg: 'Bulgarian|български|búlgaro|bulgare',
  ca: 'Catalan|català|catalán|catalão|Valencian|valencià',
  cs: 'Czech|čeština|checo|tchèque|Tschechisch',
  da: 'Danish|dansk|danés|dinamarquês|danois|Dänisch',
  de: 'German|Deutsch|alemán|alemão|allemand',
  el: 'Greek|ελληνικά|griego|grego|grec|Griechisch',
  en: 'English|inglés|inglês|anglais|Englisch|American English|British English',
  es: 'Spanish|español|castellano|Castilian|Spanish Castilian|espanhol|espagnol|Spanisch',
  et: 'Estonian|eesti',
  eu: 'Basque|euskara|euskera|vasco|basco',
  fa: 'Persian|فارسی|persa|persan|Farsi',
  fi: 'Finnish|suomi|finés|finlandês|finnois|Finnisch',
  fr: 'French|français|francés|francês|Französisch',
  gl: 'Galician|galego|gallego',
  he: 'Hebrew|עברית|hebreo|hebraico|hébreu',
  hi: 'Hindi|हिन्दी',
  hr: 'Croatian|hrvatski|croata|croate|Kroatisch',
  hu: 'Hungarian|magyar|húngaro|hongrois|Ungarisch',
  id: 'Indonesian|Bahasa Indonesia|Indonesia|indonesio',
  it: 'Italian|italiano|italien|Italienisch',
  ja: 'Japanese|日本語|japonés|japonês|japonais|Japanisch',
  ko: 'Korean|한국어|coreano|coréen',
  la: 'Latin|latín|latim|Latein',
  lt: 'Lithuanian|lietuvių',
  lv: 'Latvian|latviešu',
  ms: 'Malay|Bahasa Melayu|malayo',
  nb: 'Norwegian Bokmål|bokmål',
  nl: 'Dutch|Nederlands|neerlandés|holandés|holandês|néerlandais|Niederländisch|Flemish',
  no: 'Norwegian|norsk|noruego|norueguês|norvégien|Norwegisch',
  pl: 'Polish|polski|polaco|polonês|polonais|Polnisch',
  pt: 'Portuguese|português|portugués|portugais|Portugiesisch',
  'pt-BR': 'Brazilian Portuguese|português do Brasil|português brasileiro|Portuguese Brazil',
  qu: 'Quechua|runasimi',
  ro: 'Romanian|română|rumano|romeno|roumain',
  ru: 'Russian|русский|ruso|russo|russe|Russisch',
  sk: 'Slovak|slovenčina|eslovaco',
  sl: 'Slovenian|Slovene|slovenščina|esloveno',
  sr: 'Serbian|српски|srpski|serbio|sérvio',
  sv: 'Swedish|svenska|sueco|suédois|Schwedisch',
  th: 'Thai|ไทย',
  tr: 'Turkish|Türkçe|turco|turc|Türkisch',
  uk: 'Ukrainian|українська|ucraniano|ukrainien',
  ur: 'Urdu|اردو',
  vi: 'Vietnamese|tiếng Việt|vietnamita',
  zh: 'Chinese|中文|汉语|漢語|chino|chinês|chinois|Chinesisch|Mandarin',
})) {
  for (const name of names.split('|')) named.set(foldedForm(name), tag);
}
