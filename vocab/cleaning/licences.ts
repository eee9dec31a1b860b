import { foldedForm } from './folded-form.ts';
import { remembered } from './remembered.ts';

/**
 * The canonical URI of a licence that a text names by address or in words; `undefined` where it names none.
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
    /creativecommons\.org\/(licen[sc]es|publicdomain)\/([a-z+-]{2,20})(?:\/(\d\.\d))?(?:\/([a-z]{2,3})(?![a-z.]))?/i.exec(
      text,
    );
  if (match === null) return undefined;
  const [, kind = '', code = '', version, port] = match;
  if (kind.toLowerCase() === 'publicdomain')
    return `${base}publicdomain/${code.toLowerCase()}/${version ?? '1.0'}/`;
  return licenceOf(code.toLowerCase().split('-'), version, port?.toLowerCase());
}

/** The six licences have their terms in this order. */
function licenceOf(terms: readonly string[], version: string | undefined, port?: string): string | undefined {
  const order = ['by', 'nc', 'nd', 'sa'];
  const known = order.filter((term) => terms.includes(term));
  if (known.length === 0) return undefined;
  const versioned = version === undefined ? '' : `${version}/`;
  // Versions before 4.0 were ported to jurisdictions; 4.0 is international.
  const ported =
    port === undefined || versioned === '' || (version === '4.0' && port !== 'igo') ? '' : `${port}/`;
  return `${base}licenses/${known.join('-')}/${versioned}${ported}`;
}

/** Terms of the licences in four languages, as `foldedForm` leaves them. */
const terms: readonly (readonly [term: string, words: RegExp])[] = [
  ['by', /\b(?:by|attribution|reconocimiento|atribucion|atribuicao|paternite)\b/],
  [
    'nc',
    /\b(?:nc|non ?commercial|no ?comercial|nao ?comercial|sin fines comerciales|pas d ?utilisation commerciale)\b/,
  ],
  ['nd', /\b(?:nd|no ?deriv\w*|sin ?obras? ?derivadas?|sin ?derivar|sem ?deriva\w*|pas de modification)\b/],
  ['sa', /\b(?:sa|share ?alike|compartir ?igual|compartilha ?igual|partage)\b/],
];

function creativeCommonsInWords(text: string): string | undefined {
  const words = foldedForm(text);
  if (!/\bcc\b|\bcc0|\bccby|creative commons|public domain|dominio publico|domaine public/.test(words))
    return undefined;
  if (/\bcc0|\bcc zero|public domain dedication|dedicacion de dominio publico/.test(words))
    return `${base}publicdomain/zero/1.0/`;
  if (/public domain mark|marca de dominio publico/.test(words)) return `${base}publicdomain/mark/1.0/`;
  const apart = words.replace(/\bccby/, 'cc by');
  const known = terms.filter(([, pattern]) => pattern.test(apart)).map(([term]) => term);
  // foldedForm has turned "4.0" into "4 0".
  const version = /\b([1-4]) ([05])\b/.exec(apart);
  return known.length === 0
    ? undefined
    : licenceOf(known, version === null ? undefined : `${version[1]}.${version[2]}`);
}

/** Other licences by the names and addresses in use; SPDX identifiers where there is one. */
const others = new Map<string, string>();
for (const [uri, names] of Object.entries({
  'https://spdx.org/licenses/MIT': 'MIT|MIT License|https://opensource.org/licenses/MIT',
  'https://spdx.org/licenses/Apache-2.0':
    'Apache-2.0|Apache License 2.0|Apache 2.0|https://www.apache.org/licenses/LICENSE-2.0',
  'https://spdx.org/licenses/BSD-2-Clause': 'BSD-2-Clause|https://opensource.org/licenses/BSD-2-Clause',
  'https://spdx.org/licenses/BSD-3-Clause': 'BSD-3-Clause|https://opensource.org/licenses/BSD-3-Clause',
  'https://spdx.org/licenses/GPL-2.0-only':
    'GPL-2.0|GPL-2.0-only|https://www.gnu.org/licenses/old-licenses/gpl-2.0.html',
  'https://spdx.org/licenses/GPL-3.0-only':
    'GPL-3.0|GPL-3.0-only|GPLv3|https://www.gnu.org/licenses/gpl-3.0.html|https://www.gnu.org/licenses/gpl-3.0.en.html',
  'https://spdx.org/licenses/GPL-3.0-or-later': 'GPL-3.0-or-later',
  'https://spdx.org/licenses/LGPL-3.0-only':
    'LGPL-3.0|LGPL-3.0-only|https://www.gnu.org/licenses/lgpl-3.0.html',
  'https://spdx.org/licenses/AGPL-3.0-only':
    'AGPL-3.0|AGPL-3.0-only|https://www.gnu.org/licenses/agpl-3.0.html',
  'https://spdx.org/licenses/MPL-2.0': 'MPL-2.0|https://www.mozilla.org/MPL/2.0/',
  'https://opendatacommons.org/licenses/odbl/1-0/':
    'ODbL|ODbL-1.0|Open Database License|https://opendatacommons.org/licenses/odbl/',
  'https://opendatacommons.org/licenses/by/1-0/':
    'ODC-By|ODC-By-1.0|https://opendatacommons.org/licenses/by/',
  'https://opendatacommons.org/licenses/pddl/1-0/':
    'PDDL|PDDL-1.0|https://opendatacommons.org/licenses/pddl/',
})) {
  for (const name of [uri, ...names.split('|')]) others.set(licenceKey(name), uri);
}

function licenceKey(text: string): string {
  return foldedForm(text.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\.html$/i, ''));
}

function otherLicence(text: string): string | undefined {
  const known = others.get(licenceKey(text));
  if (known !== undefined) return known;
  // A publisher's own: http://www.elsevier.com/open-access/userlicense/1.0/
  return /^https?:\/\/[^\s<>"]{4,500}$/i.test(text) && /\/[^?#]*licen[sc]e/i.test(text) && URL.canParse(text)
    ? new URL(text).href
    : undefined;
}
