import type { AccessRight, Record } from '../../record.ts';
import { element } from '../../xml/index.ts';
import { accessLabel } from '../labels.ts';
import { wrapped } from '../wrapped.ts';

/** Access rights of info:eu-repo, as the OpenAIRE Guidelines for Data Archives have them. */
const accessTerms: Readonly<{ [right in AccessRight]: string }> = {
  open: 'openAccess',
  embargoed: 'embargoedAccess',
  restricted: 'restrictedAccess',
  'metadata-only': 'closedAccess',
};

/** The access right and the licence, with its SPDX identifier where it has one. */
export function rightsListXml({ access, licence }: Record): string {
  const rights: string[] = [];
  if (access !== undefined) {
    const rightsURI = `info:eu-repo/semantics/${accessTerms[access.right]}`;
    rights.push(element('rights', { rightsURI }, accessLabel(access.right)));
  }
  if (licence !== undefined) {
    const rightsIdentifier = spdxIdentifier(licence);
    const scheme = rightsIdentifier !== undefined && {
      rightsIdentifier,
      rightsIdentifierScheme: 'SPDX',
      schemeURI: 'https://spdx.org/licenses/',
    };
    rights.push(element('rights', { rightsURI: licence, ...scheme }, rightsIdentifier ?? licence));
  }
  return wrapped('rightsList', rights);
}

/** The SPDX identifier of a licence as `licenceUri` gives it: `CC-BY-NC-4.0`. */
function spdxIdentifier(licence: string): string | undefined {
  const spdx = /^https:\/\/spdx\.org\/licenses\/(.+)$/.exec(licence)?.[1];
  if (spdx !== undefined) return spdx;
  if (licence === 'https://creativecommons.org/publicdomain/zero/1.0/') return 'CC0-1.0';
  const [, terms, version, port] =
    /^https:\/\/creativecommons\.org\/licenses\/([a-z-]+)\/(\d\.\d)\/(?:([a-z]+)\/)?$/.exec(licence) ?? [];
  if (terms === undefined || version === undefined) return undefined;
  return ['CC', terms, version, port]
    .filter((part) => part !== undefined)
    .join('-')
    .toUpperCase();
}
