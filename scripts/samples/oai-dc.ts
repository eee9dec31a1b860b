/** Unqualified Dublin Core as OAI-PMH requires of every repository (OAI-PMH 2.0, section 3.3 and oai_dc.xsd). */
import { citation } from './citation.ts';
import {
  abstract,
  type Copy,
  creators,
  deposited,
  file,
  landing,
  licence,
  nameOf,
  subjects,
  title,
  version,
  wordedName,
} from './copy.ts';
import { block, each } from './markup.ts';
import type { Manner } from './tables.ts';
import { accessRights, licences, typesOfWork } from './terms.ts';

export function oaiDc(copy: Copy): string[] {
  const { work, manner } = copy;
  const editors = (work.editors ?? []).map((name) => wordedName(nameOf(name), manner));
  const [citationElement] = manner.citation.split(': ');
  const cited = citation(copy);
  const citedAs = (element: string) => (element === citationElement ? [cited] : []);
  return block(
    'oai_dc:dc',
    [
      ...each('dc:title', [title(copy)]),
      ...each('dc:creator', creators(copy)),
      ...each('dc:subject', keywords(copy)),
      ...each('dc:description', [abstract(copy)]),
      ...each('dc:publisher', [work.publisher]),
      ...each('dc:contributor', editors),
      ...each('dc:date', dates(copy)),
      ...each('dc:type', types(copy)),
      ...each('dc:format', [file(copy)?.format]),
      ...each('dc:identifier', [...placed(copy, 'identifier'), ...citedAs('identifier')]),
      ...each('dc:source', citedAs('source')),
      ...each('dc:language', [manner.language]),
      ...each('dc:relation', placed(copy, 'relation')),
      ...each('dc:rights', rights(copy)),
    ],
    {
      'xmlns:oai_dc': 'http://www.openarchives.org/OAI/2.0/oai_dc/',
      'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation':
        'http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
    },
  );
}

function keywords(copy: Copy): string[] {
  const values = [...new Set(subjects(copy).map(({ value }) => value))];
  return copy.manner.subjectsJoined ? [values.join('; ')] : values;
}

function dates(copy: Copy): string[] {
  const { work, manner, holding } = copy;
  const issued = manner.date === 'year' ? work.date.slice(0, 4) : work.date;
  // DSpace writes when an item arrived and when it was shown before when it was published.
  const arrived = `${deposited(copy)}T14:05:32Z`;
  const embargo =
    holding.embargoEnds === undefined ? [] : [`info:eu-repo/date/embargoEnd/${holding.embargoEnds}`];
  return [...(manner.date === 'three DSpace dates' ? [arrived, arrived] : []), issued, ...embargo];
}

function types(copy: Copy): (string | undefined)[] {
  const terms = typesOfWork[copy.work.type];
  const forms: Record<Manner['type'][number], string | undefined> = {
    DRIVER: terms.driver,
    'DRIVER version': version(copy)?.driver,
    'COAR URI': terms.coar.uri,
    'COAR label': terms.coar.label,
    EPrints: terms.eprints,
    OPUS: terms.opus,
    Spanish: terms.es,
    German: terms.de,
  };
  return copy.manner.type.map((form) => forms[form]);
}

/** What stands in dc:identifier or dc:relation: own addresses, DOIs, other identifiers, the publisher's address. */
function placed(copy: Copy, where: 'identifier' | 'relation'): string[] {
  const { work, holding, manner } = copy;
  const here = (places: readonly string[], fill: (form: string) => string | undefined) =>
    places
      .filter((place) => place.startsWith(`${where}: `))
      .map((place) => fill(place.slice(where.length + 2)))
      .filter((value) => value !== undefined);
  const address = (form: string) =>
    form === '{file}'
      ? file(copy)?.url
      : form.replace('{landing}', landing(copy)).replace('{item}', holding.item);
  const doi = (form: string) => (work.doi === undefined ? undefined : form.replace('10…', work.doi));
  return [
    ...here(manner.own, address),
    ...here(manner.doi, doi),
    ...(where === 'identifier' && holding.ownDoi !== undefined ? [`https://doi.org/${holding.ownDoi}`] : []),
    ...(where === 'identifier' && work.arxiv !== undefined ? [`arXiv:${work.arxiv}`] : []),
    ...(where === 'identifier' && work.urn !== undefined ? [work.urn] : []),
    ...(manner.url === where && work.url !== undefined ? [work.url] : []),
  ];
}

function rights(copy: Copy): (string | undefined)[] {
  const access = accessRights[copy.holding.access];
  const uri = licence(copy);
  const terms = uri === undefined ? undefined : licences[uri];
  const forms: Record<Manner['rights'][number], string | undefined> = {
    'info:eu-repo': access.driver,
    'COAR URI': access.uri,
    Spanish: access.es,
    'licence URI': uri,
    'licence URI, http': uri?.replace('https:', 'http:'),
    'licence deed in Spanish': uri && `${uri}deed.es`,
    'licence name': terms?.name,
    'licence code': terms?.code,
  };
  return copy.manner.rights.map((form) => forms[form]);
}
