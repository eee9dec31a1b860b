import { foldedForm } from './folded-form.ts';
import { otherLicence } from './other-licences.ts';
import { remembered } from './remembered.ts';

/**
 * The canonical URI of a licence or a rights statement that a text names by address or in words; `undefined` where it
 * names none: "All rights reserved" is the absence of a licence.
 *
 * Creative Commons licences come as `https://creativecommons.org/licenses/by-nc/4.0/`, without deed and legal code, and
 * with a port to a jurisdiction where the source has one. Where the source tells no version the URI has none.
 */
export const licenceUri = remembered((text: string): string | undefined => {
  const trimmed = text.trim();
  if (trimmed.length < 3 || trimmed.length > 1000) return undefined;
  return creativeCommonsUrl(trimmed) ?? creativeCommonsInWords(trimmed) ?? otherLicence(trimmed);
});

const base = 'https://creativecommons.org/';

function creativeCommonsUrl(text: string): string | undefined {
  const match =
    /creativecommons\.org\/(licen[sc]es?|publicdomain)\/([a-z+-]{2,20})(?:\/(\d\.\d))?(?:\/([a-z]{2,3})(?![a-z.]))?/i.exec(
      text,
    );
  if (match === null) return undefined;
  const [, kind = '', written = '', version, port] = match;
  const code = written.toLowerCase();
  if (kind.toLowerCase() === 'publicdomain') {
    return code === 'zero' || code === 'mark' ? `${base}publicdomain/${code}/1.0/` : undefined;
  }
  // The dedication that CC0 replaced.
  if (code === 'publicdomain') return `${base}licenses/publicdomain/`;
  if (code === 'zero' || code === 'cc0') return `${base}publicdomain/zero/1.0/`;
  return licenceOf(code.split('-'), version, port?.toLowerCase());
}

/** Versions there are; 2.1 only as ports. */
const versions = /^(?:[1-4]\.0|2\.[15])$/;

/** The six licences have their terms in this order. Since version 2.0 each has "by". */
function licenceOf(terms: readonly string[], written: string | undefined, port?: string): string | undefined {
  const version = written !== undefined && versions.test(written) ? written : undefined;
  const known = ['by', 'nc', 'nd', 'sa'].filter((term) => terms.includes(term));
  if (known.length === 0) return undefined;
  if (known[0] !== 'by' && version !== '1.0') known.unshift('by');
  if (version === '1.0' && known.join() === 'by,nc,nd') known.splice(1, 2, 'nd', 'nc');
  const versioned = version === undefined ? '' : `${version}/`;
  // Versions before 4.0 were ported to jurisdictions; 4.0 is international.
  const ported =
    port === undefined || versioned === '' || (version === '4.0' && port !== 'igo') ? '' : `${port}/`;
  return `${base}licenses/${known.join('-')}/${versioned}${ported}`;
}

/** Terms of the licences in six languages, as `foldedForm` leaves them. */
const terms: readonly (readonly [term: string, words: RegExp])[] = [
  [
    'by',
    /\b(?:by|attribution|reconocimiento|atribucion|atribuicao|paternite|namensnennung|attribuzione|reconeixement)\b/,
  ],
  [
    'nc',
    /\b(?:nc|non ?commercial|no ?comercial|nao ?comercial|uso nao comercial|sin fines comerciales|pas d ?utilisation commerciale|nicht ?kommerziell|keine kommerzielle nutzung|non commerciale)\b/,
  ],
  [
    'nd',
    /\b(?:nd|no ?deriv\w*|non ?deriv\w*|sin ?obras? ?derivadas?|sin ?deriv\w*|sem ?deriva\w*|pas de modification|keine bearbeitung(?:en)?|non opere derivate|sense obra derivada)\b/,
  ],
  [
    'sa',
    /\b(?:sa|share ?alike|compartir ?igual|compartilha(?:mento)? ?(?:pela )?(?:mesma licenca|igual)|partage(?: dans les memes conditions| a l identique)?|weitergabe unter gleichen bedingungen|condividi allo stesso modo|compartir igual)\b/,
  ],
];

/** Jurisdictions of ports that texts name, by their names there. */
const ports = new Map(
  Object.entries({
    ar: 'argentina',
    at: 'austria|osterreich',
    au: 'australia',
    br: 'brazil|brasil',
    ca: 'canada',
    ch: 'switzerland|schweiz|suisse',
    cl: 'chile',
    co: 'colombia',
    cr: 'costa rica',
    de: 'germany|deutschland',
    ec: 'ecuador',
    es: 'spain|espana',
    fr: 'france',
    gt: 'guatemala',
    igo: 'igo',
    it: 'italy|italia',
    mx: 'mexico',
    nl: 'netherlands|nederland',
    nz: 'new zealand',
    pe: 'peru',
    pl: 'poland|polska',
    pr: 'puerto rico',
    pt: 'portugal',
    uk: 'uk england wales',
    us: 'united states',
    ve: 'venezuela',
    za: 'south africa',
  }).map(([port, names]) => [port, new RegExp(`\\b(?:${names})\\b`)] as const),
);

function creativeCommonsInWords(text: string): string | undefined {
  // EPrints and others write cc_by_nc_4; a number may stand right behind the letters.
  const words = foldedForm(text.replaceAll('_', ' ')).replace(/\bcc ?(by|0)/, 'cc $1');
  if (
    !/\bcc\b|creative ?commons|public domain|dominio publico|domaine public|\bpdm\b|gemeinfrei/.test(words)
  ) {
    return undefined;
  }
  if (/\bcc 0\b|\bcc zero\b|public domain dedication|dedicacion (?:de|al) dominio publico/.test(words)) {
    return `${base}publicdomain/zero/1.0/`;
  }
  if (/public domain mark|marca de dominio publico|marque du domaine public|\bpdm\b/.test(words)) {
    return `${base}publicdomain/mark/1.0/`;
  }
  const known = terms.filter(([, pattern]) => pattern.test(words)).map(([term]) => term);
  if (known.length === 0) return undefined;
  // foldedForm has turned "4.0" into "4 0".
  const [, major, minor] = /\b([1-4]) ([015])\b/.exec(words) ?? /\b([1-4])()$/.exec(words) ?? [];
  const version = major === undefined ? undefined : `${major}.${minor || '0'}`;
  const port = version === undefined ? undefined : [...ports].find(([, pattern]) => pattern.test(words))?.[0];
  return licenceOf(known, version, port);
}
