import { foldedForm } from './folded-form.ts';

/**
 * Licences besides Creative Commons, by the names and addresses in use. SPDX identifiers where there is one; else the
 * address that the licence has with who made it.
 */
const licences: Readonly<Record<string, string>> = {
  'https://spdx.org/licenses/MIT':
    'MIT|MIT License|The MIT License|Expat|https://opensource.org/licenses/MIT|http://www.opensource.org/licenses/mit-license.php|https://mit-license.org/',
  'https://spdx.org/licenses/Apache-2.0':
    'Apache-2.0|Apache License 2.0|Apache License, Version 2.0|Apache 2.0|Apache Software License 2.0|https://www.apache.org/licenses/LICENSE-2.0|https://opensource.org/licenses/Apache-2.0',
  'https://spdx.org/licenses/BSD-2-Clause':
    'BSD-2-Clause|Simplified BSD License|BSD 2-Clause License|https://opensource.org/licenses/BSD-2-Clause',
  'https://spdx.org/licenses/BSD-3-Clause':
    'BSD-3-Clause|New BSD License|BSD 3-Clause License|Modified BSD License|https://opensource.org/licenses/BSD-3-Clause',
  'https://spdx.org/licenses/GPL-2.0-only':
    'GPL-2.0|GPL-2.0-only|GPLv2|GNU General Public License v2.0|GNU GPL 2|https://www.gnu.org/licenses/old-licenses/gpl-2.0.html|https://www.gnu.org/licenses/gpl-2.0.html',
  'https://spdx.org/licenses/GPL-2.0-or-later': 'GPL-2.0-or-later|GPL-2.0+',
  'https://spdx.org/licenses/GPL-3.0-only':
    'GPL-3.0|GPL-3.0-only|GPLv3|GNU General Public License v3.0|GNU GPL v3|GNU GPLv3|https://www.gnu.org/licenses/gpl-3.0.html|https://www.gnu.org/licenses/gpl-3.0.en.html|https://opensource.org/licenses/GPL-3.0',
  'https://spdx.org/licenses/GPL-3.0-or-later': 'GPL-3.0-or-later|GPL-3.0+',
  'https://spdx.org/licenses/LGPL-2.1-only':
    'LGPL-2.1|LGPL-2.1-only|https://www.gnu.org/licenses/old-licenses/lgpl-2.1.html',
  'https://spdx.org/licenses/LGPL-3.0-only':
    'LGPL-3.0|LGPL-3.0-only|LGPLv3|GNU Lesser General Public License v3.0|https://www.gnu.org/licenses/lgpl-3.0.html|https://opensource.org/licenses/LGPL-3.0',
  'https://spdx.org/licenses/AGPL-3.0-only':
    'AGPL-3.0|AGPL-3.0-only|AGPLv3|GNU Affero General Public License v3.0|https://www.gnu.org/licenses/agpl-3.0.html|https://opensource.org/licenses/AGPL-3.0',
  'https://spdx.org/licenses/GFDL-1.3-only':
    'GFDL-1.3|GNU Free Documentation License|GNU Free Documentation License v1.3|https://www.gnu.org/licenses/fdl-1.3.html|https://www.gnu.org/licenses/fdl.html',
  'https://spdx.org/licenses/MPL-2.0':
    'MPL-2.0|Mozilla Public License 2.0|https://www.mozilla.org/MPL/2.0/|https://opensource.org/licenses/MPL-2.0',
  'https://spdx.org/licenses/EUPL-1.2': 'EUPL-1.2|European Union Public Licence 1.2|EUPL v1.2',
  'https://spdx.org/licenses/Unlicense': 'Unlicense|The Unlicense|http://unlicense.org/',
  'https://opendatacommons.org/licenses/odbl/1-0/':
    'ODbL|ODbL-1.0|Open Database License|Open Data Commons Open Database License|https://opendatacommons.org/licenses/odbl/|https://opendatacommons.org/licenses/odbl/1.0/',
  'https://opendatacommons.org/licenses/by/1-0/':
    'ODC-By|ODC-By-1.0|Open Data Commons Attribution License|https://opendatacommons.org/licenses/by/|https://opendatacommons.org/licenses/by/1.0/',
  'https://opendatacommons.org/licenses/pddl/1-0/':
    'PDDL|PDDL-1.0|https://opendatacommons.org/licenses/pddl/|https://opendatacommons.org/licenses/pddl/1.0/',
  'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/':
    'OGL|OGL-UK-3.0|OGL v3.0|Open Government Licence|Open Government Licence v3.0|Open Government Licence 3.0|http://www.nationalarchives.gov.uk/doc/open-government-licence/|http://www.nationalarchives.gov.uk/doc/open-government-licence',
  'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/2/':
    'OGL-UK-2.0|OGL v2.0|Open Government Licence v2.0|Open Government Licence 2.0',
};

const byForm = new Map<string, string>();
for (const [uri, names] of Object.entries(licences)) {
  for (const name of [uri, ...names.split('|')]) byForm.set(licenceKey(name), uri);
}

/** Statements of rightsstatements.org, by their codes there. */
const rightsStatements = new Map(
  [
    'InC',
    'InC-OW-EU',
    'InC-EDU',
    'InC-NC',
    'InC-RUU',
    'NoC-CR',
    'NoC-NC',
    'NoC-OKLR',
    'NoC-US',
    'CNE',
    'UND',
    'NKC',
  ].map((code) => [code.toLowerCase(), code]),
);

export function otherLicence(text: string): string | undefined {
  const known = byForm.get(licenceKey(text));
  if (known !== undefined) return known;
  const statement = /rightsstatements\.org\/(?:vocab|page)\/([a-z-]{2,12})(?:\/|$)/i
    .exec(text)?.[1]
    ?.toLowerCase();
  const code = statement === undefined ? undefined : rightsStatements.get(statement);
  if (code !== undefined) return `http://rightsstatements.org/vocab/${code}/1.0/`;
  // A publisher's own: http://www.elsevier.com/open-access/userlicense/1.0/
  return /^https?:\/\/[^\s<>"]{4,500}$/i.test(text) && /\/[^?#]*licen[sc]e/i.test(text) && URL.canParse(text)
    ? new URL(text).href
    : undefined;
}

function licenceKey(text: string): string {
  return foldedForm(
    text
      .replace(/^https?:\/\/(?:www\.)?/i, '')
      .replace(/\.html?$/i, '')
      .replace(/\blicen[sc]e\b/gi, 'license'),
  );
}
