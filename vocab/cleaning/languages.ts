import { foldedForm } from './folded-form.ts';
import { languageNamed } from './language-names.ts';
import { remembered } from './remembered.ts';

/**
 * A language as BCP 47 has it (`en`, `pt-BR`), from a code of ISO 639-1, 639-2 or 639-3, a locale, an address that ends in
 * a code, or the language's name; `undefined` where the text is none, or says that the language is not known.
 */
export const languageTag = remembered((text: string): string | undefined => {
  const trimmed = withoutAddress(text.trim().replace(/\.$/, ''));
  if (trimmed.length < 2 || trimmed.length > 60) return undefined;
  const code = coded(trimmed.replaceAll('_', '-'));
  // "Other" is no language, though it would pass for a code of three letters and more.
  return (
    code ?? languageNamed(foldedForm(trimmed)) ?? languageNamed(foldedForm(trimmed.replace(/\s*[([].*$/, '')))
  );
});

/** Whether a text is a code already, though perhaps of another standard. */
export function isLanguageCode(text: string): boolean {
  return /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$/.test(withoutAddress(text.trim()));
}

/** http://id.loc.gov/vocabulary/iso639-2/eng, http://publications.europa.eu/resource/authority/language/ENG */
function withoutAddress(text: string): string {
  return /^(?:https?:\/\/|info:)/i.test(text) ? text.replace(/\/$/, '').replace(/^.*[/#:]/, '') : text;
}

function coded(code: string): string | undefined {
  const [, primary = '', rest = ''] = /^([A-Za-z]{2,3})((?:-[A-Za-z0-9]{2,8}){0,3})$/.exec(code) ?? [];
  if (primary === '') return undefined;
  const lower = primary.toLowerCase();
  const language = otherCodes.get(lower) ?? lower;
  if (unknown.test(language)) return undefined;
  // ICU knows every code of two letters by name; of three letters it lacks many small languages.
  if (language.length === 2 && languageNames.of(language) === undefined) return undefined;
  try {
    return Intl.getCanonicalLocales(language + rest)[0];
  } catch {
    return Intl.getCanonicalLocales(language)[0];
  }
}

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** ISO 639-2's codes that say nothing, the range for local use, and abbreviations of "none" and "not known". */
const unknown = /^(?:und|mis|q[a-t][a-z]|xx|xxx|zz|zzz|non|nil|unk|nan|nsp|oth)$/;

/** ISO 639-2's bibliographic codes, which BCP 47 does not have, and codes that are nobody's but in use. */
const otherCodes = new Map(
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
    cas: 'es',
    ing: 'en',
    ptb: 'pt-BR',
    jp: 'ja',
    jap: 'ja',
    cn: 'zh',
    gr: 'el',
    cz: 'cs',
    dk: 'da',
    sp: 'es',
  }),
);
