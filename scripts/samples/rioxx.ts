/**
 * RIOXX 3.0 (https://www.rioxx.net/profiles/v3-0-final/), in the namespaces of its XML schema.
 *
 * What the repository itself keeps is a `dc:relation`, with its file's version, access and licence; what it knows of
 * the work elsewhere is a `rioxxterms:ext_relation`. An embargoed file has a `resource_exposed_date` to come.
 */
import { element, raw } from '../../vocab/xml/index.ts';
import {
  abstract,
  type Copy,
  coarType,
  deposited,
  file,
  invertedName,
  landing,
  licence,
  nameOf,
  subjects,
  title,
  version,
} from './copy.ts';
import { block, each } from './markup.ts';
import type { Work } from './tables.ts';
import { accessRights, versions } from './terms.ts';

const allRightsReserved = 'https://www.rioxx.net/licenses/all-rights-reserved/';
const allRightsReservedUnderEmbargo = 'https://www.rioxx.net/licenses/under-embargo-all-rights-reserved/';

export function rioxx(copy: Copy): string[] {
  const { work, manner } = copy;
  const accepted = manner.dateAccepted === 'as published' ? work.date : undefined;
  return block(
    'rioxx:rioxx',
    [
      ...each('dc:description', [abstract(copy)]),
      ...each('dc:identifier', [landing(copy)]),
      ...each('dc:language', ['en']),
      ...ownResources(copy),
      ...each('dc:source', [work.source?.issn ?? work.source?.title]),
      ...each(
        'dc:subject',
        subjects(copy).map(({ value }) => value),
      ),
      ...each('dc:title', [title(copy)]),
      ...each('dc:type', [coarType(copy).uri]),
      ...each('dcterms:dateAccepted', [accepted]),
      ...people('rioxxterms:contributor', copy, work.editors ?? []),
      ...people('rioxxterms:creator', copy, copy.holding.creatorsAs ?? work.creators),
      ...resourcesElsewhere(copy),
      ...each('rioxxterms:publication_date', [work.date]),
      ...(work.publisher === undefined
        ? []
        : [element('rioxxterms:publisher', {}, raw(element('rioxxterms:name', {}, work.publisher)))]),
      ...each('rioxxterms:record_public_release_date', [deposited(copy)]),
    ],
    {
      'xmlns:rioxx': 'http://www.rioxx.net/schema/v3.0/rioxx/',
      'xmlns:rioxxterms': 'http://www.rioxx.net/schema/v3.0/rioxxterms/',
      'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
      'xmlns:dcterms': 'http://purl.org/dc/terms/',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation':
        'http://www.rioxx.net/schema/v3.0/rioxx/ http://www.rioxx.net/schema/v3.0/rioxx/rioxx.xsd',
    },
  );
}

function ownResources(copy: Copy): string[] {
  const { access, embargoEnds, ownDoi } = copy.holding;
  const own = file(copy);
  const exposed = {
    open: deposited(copy),
    embargoed: embargoEnds,
    restricted: undefined,
    'metadata-only': undefined,
  };
  const reserved = access === 'embargoed' ? allRightsReservedUnderEmbargo : allRightsReserved;
  return [
    ...each('dc:relation', [own?.url], {
      rel: 'item',
      type: own?.format,
      coar_type: coarType(copy).uri,
      coar_version: version(copy)?.uri,
      deposit_date: deposited(copy),
      resource_exposed_date: exposed[access],
      access_rights: accessRights[access].uri,
      license_ref: licence(copy) ?? reserved,
    }),
    ...each('dc:relation', [ownDoi === undefined ? undefined : `https://doi.org/${ownDoi}`], {
      rel: 'cite-as',
    }),
  ];
}

function resourcesElsewhere(copy: Copy): string[] {
  const { doi, url } = copy.work;
  const coar_type = coarType(copy).uri;
  const coar_version = version(copy) === undefined ? undefined : versions.VoR.uri;
  const published = doi === undefined ? undefined : `https://doi.org/${doi}`;
  return [
    ...each('rioxxterms:ext_relation', [published], { rel: 'cite-as', coar_type, coar_version }),
    ...each('rioxxterms:ext_relation', [url], { rel: 'item', coar_type, coar_version }),
  ];
}

function people(name: string, { manner }: Copy, written: Work['creators']): string[] {
  return written.map((each, index) => {
    const { orcid, ...person } = nameOf(each);
    const first = name === 'rioxxterms:creator' && index === 0 ? 'true' : undefined;
    const id = orcid === undefined ? '' : element('rioxxterms:id', {}, `https://orcid.org/${orcid}`);
    const parts = element('rioxxterms:name', {}, invertedName(person, manner)) + id;
    return element(name, { 'first-named-author': first }, raw(parts));
  });
}
