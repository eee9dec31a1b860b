/**
 * The OpenAIRE Guidelines for Literature Repositories 4.0
 * (https://openaire-guidelines-for-literature-repository-managers.readthedocs.io/en/v4.0.0/).
 *
 * An embargo is stated by the access right and by two dates: `Accepted` for its beginning, `Available` for its end.
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
  version,
} from './copy.ts';
import { block, each } from './markup.ts';
import type { Work } from './tables.ts';
import { accessRights, licences } from './terms.ts';

export function oaiOpenaire(copy: Copy): string[] {
  const { work, holding } = copy;
  const access = accessRights[holding.access];
  const own = file(copy);
  const ofVersion = version(copy);
  const uri = licence(copy);
  return block(
    'oaire:resource',
    [
      ...block('datacite:titles', titles(copy)),
      ...block('datacite:creators', people('creator', copy, work.creators)),
      ...block('datacite:contributors', people('contributor', copy, work.editors ?? [])),
      ...block('datacite:alternateIdentifiers', alternateIdentifiers(copy)),
      ...block('datacite:relatedIdentifiers', relatedIdentifiers(copy)),
      ...block('datacite:dates', dates(copy)),
      ...each('dc:language', ['eng']),
      ...each('dc:publisher', [work.publisher]),
      ...each('oaire:resourceType', [coarType(copy).label], {
        resourceTypeGeneral: 'literature',
        uri: coarType(copy).uri,
      }),
      ...each('dc:description', [abstract(copy)]),
      ...each('dc:format', [own?.format]),
      ...each('datacite:identifier', [landing(copy)], { identifierType: 'URL' }),
      ...each('datacite:rights', [access.label], { rightsURI: access.uri }),
      ...block(
        'datacite:subjects',
        subjects(copy).map(({ value, language }) =>
          element('datacite:subject', { 'xml:lang': language }, value),
        ),
      ),
      ...each('oaire:licenseCondition', [uri === undefined ? undefined : licences[uri]?.name], {
        startDate: deposited(copy),
        uri,
      }),
      ...each('oaire:version', [ofVersion?.label], { uri: ofVersion?.uri }),
      ...each('oaire:file', [own?.url], {
        accessRightsURI: access.uri,
        mimeType: own?.format,
        objectType: 'fulltext',
      }),
      ...source(work),
    ],
    {
      'xmlns:oaire': 'http://namespace.openaire.eu/schema/oaire/',
      'xmlns:datacite': 'http://datacite.org/schema/kernel-4',
      'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation':
        'http://namespace.openaire.eu/schema/oaire/ https://www.openaire.eu/schema/repo-lit/4.0/openaire.xsd',
    },
  );
}

function titles({ work, holding }: Copy): string[] {
  const language = { 'xml:lang': 'en' };
  if (holding.titleAs !== undefined) return each('datacite:title', [holding.titleAs], language);
  return [
    ...each('datacite:title', [work.title], language),
    ...each('datacite:title', [work.subtitle], { ...language, titleType: 'Subtitle' }),
  ];
}

function people(role: 'creator' | 'contributor', { manner }: Copy, written: Work['creators']): string[] {
  return written.map((each) => {
    const name = nameOf(each);
    const inverted = invertedName(name, manner);
    const [family, given] = inverted.split(', ');
    const nameType = given === undefined ? 'Organizational' : 'Personal';
    const orcid = { nameIdentifierScheme: 'ORCID', schemeURI: 'https://orcid.org' };
    const parts = [
      element(`datacite:${role}Name`, { nameType }, inverted),
      given === undefined ? '' : element('datacite:givenName', {}, given),
      given === undefined ? '' : element('datacite:familyName', {}, family),
      name.orcid === undefined ? '' : element('datacite:nameIdentifier', orcid, name.orcid),
    ];
    const contributorType = role === 'contributor' ? 'Editor' : undefined;
    return element(`datacite:${role}`, { contributorType }, raw(parts.join('')));
  });
}

/** Whether the repository's copy is the published one, so that the published identifiers are its own too. */
function isPublished(copy: Copy): boolean {
  const ofVersion = version(copy);
  return ofVersion === undefined || ofVersion.label === 'VoR';
}

function alternateIdentifiers(copy: Copy): string[] {
  const { work, holding } = copy;
  const other = (type: string, value: string | undefined) =>
    each('datacite:alternateIdentifier', [value], { alternateIdentifierType: type });
  return [
    ...other('DOI', holding.ownDoi),
    ...other('DOI', isPublished(copy) ? work.doi : undefined),
    ...other('arXiv', work.arxiv),
    ...other('URN', work.urn),
    ...other('URL', isPublished(copy) ? work.url : undefined),
  ];
}

function relatedIdentifiers(copy: Copy): string[] {
  const { doi, source } = copy.work;
  const related = (relatedIdentifierType: string, relationType: string, value: string | undefined) =>
    each('datacite:relatedIdentifier', [value], { relatedIdentifierType, relationType });
  return [
    ...related('DOI', 'IsVersionOf', isPublished(copy) ? undefined : doi),
    ...related('ISSN', 'IsPartOf', source?.issn),
  ];
}

function dates(copy: Copy): string[] {
  const dated = (dateType: string, value: string | undefined) => each('datacite:date', [value], { dateType });
  const { embargoEnds } = copy.holding;
  return [
    ...dated('Issued', copy.work.date),
    ...dated('Accepted', embargoEnds === undefined ? undefined : deposited(copy)),
    ...dated('Available', embargoEnds),
  ];
}

function source({ source }: Work): string[] {
  const [first, last] = source?.pages?.split('-') ?? [];
  return [
    ...each('oaire:citationTitle', [source?.title]),
    ...each('oaire:citationVolume', [source?.volume]),
    ...each('oaire:citationIssue', [source?.issue]),
    ...each('oaire:citationStartPage', [first]),
    ...each('oaire:citationEndPage', [last]),
  ];
}
