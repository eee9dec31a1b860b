import type { XmlElement } from '../../../vocab/xml/index.ts';

interface ElementModel {
  /** Local names of the children in order, each with a space behind. Absent: text only. */
  readonly children?: RegExp;
  /** Allowed attributes and their values. Required ones have `!` behind their name. */
  readonly attributes?: Readonly<Record<string, RegExp>>;
  /** Each child at most once, in any order (`xs:all`). */
  readonly once?: boolean;
  readonly mayBeEmpty?: boolean;
}

/** What a schema says of its elements, by path of local names; longer paths win. */
export type ContentModel = Readonly<Record<string, ElementModel>>;

/** Where a document is not what the schema says. Namespace declarations and `xsi:` are left aside. */
export function violations(root: XmlElement, model: ContentModel): string[] {
  return violationsAt(root, [root.local], model);
}

function violationsAt(element: XmlElement, path: readonly string[], model: ContentModel): string[] {
  const where = path.join('/');
  const rule = ruleFor(path, model);
  if (rule === undefined) return [`${where}: no such element`];
  const names = element.children.map(({ local }) => local);
  const found: string[] = [];
  if (!(rule.children ?? /^$/).test(names.map((name) => `${name} `).join('')))
    found.push(`${where}: children ${names.join(' ')}`);
  if (rule.once === true && new Set(names).size < names.length) found.push(`${where}: a child twice`);
  if (rule.children === undefined && rule.mayBeEmpty !== true && element.text === '')
    found.push(`${where}: empty`);
  found.push(...attributeViolations(element, where, rule.attributes ?? {}));
  return [
    ...found,
    ...element.children.flatMap((child) => violationsAt(child, [...path, child.local], model)),
  ];
}

function attributeViolations(
  { attributes }: XmlElement,
  where: string,
  allowed: Readonly<Record<string, RegExp>>,
): string[] {
  const given = Object.keys(attributes).filter((name) => !/^(?:xmlns|xsi:)/.test(name));
  const wrong = given.filter((name) => {
    const values = allowed[name] ?? allowed[`${name}!`] ?? (name === 'xml:lang' ? /^[a-z]{2}/ : undefined);
    return values === undefined || !values.test(attributes[name]!);
  });
  const required = Object.keys(allowed).filter((name) => name.endsWith('!'));
  const missing = required.filter((name) => !given.includes(name.slice(0, -1)));
  return [...wrong, ...missing].map((name) => `${where}: attribute ${name}`);
}

function ruleFor(path: readonly string[], model: ContentModel): ElementModel | undefined {
  for (let from = 0; from < path.length; from += 1) {
    const rule = model[path.slice(from).join('/')];
    if (rule !== undefined) return rule;
  }
  return undefined;
}

const any = /^.+$/s;
const uri = /^\S+$/;

const relationType =
  /^(?:IsCitedBy|Cites|IsSupplementTo|IsSupplementedBy|IsContinuedBy|Continues|IsNewVersionOf|IsPreviousVersionOf|IsPartOf|HasPart|IsPublishedIn|IsReferencedBy|References|IsDocumentedBy|Documents|IsCompiledBy|Compiles|IsVariantFormOf|IsOriginalFormOf|IsIdenticalTo|HasMetadata|IsMetadataFor|Reviews|IsReviewedBy|IsDerivedFrom|IsSourceOf|Describes|IsDescribedBy|HasVersion|IsVersionOf|Requires|IsRequiredBy|Obsoletes|IsObsoletedBy|Collects|IsCollectedBy|HasTranslation|IsTranslationOf)$/;
const identifierType =
  /^(?:ARK|arXiv|bibcode|CSTR|DOI|EAN13|EISSN|Handle|IGSN|ISBN|ISSN|ISTC|LISSN|LSID|PMID|PURL|RRID|UPC|URL|URN|w3id)$/;
const resourceTypeGeneral =
  /^(?:Audiovisual|Award|Book|BookChapter|Collection|ComputationalNotebook|ConferencePaper|ConferenceProceeding|DataPaper|Dataset|Dissertation|Event|Image|Instrument|InteractiveResource|Journal|JournalArticle|Model|OutputManagementPlan|PeerReview|PhysicalObject|Preprint|Project|Report|Service|Software|Sound|Standard|StudyRegistration|Text|Workflow|Other)$/;
const nameType = { nameType: /^(?:Organizational|Personal)$/ };
const agentParts = 'Name (?:givenName )?(?:familyName )?(?:nameIdentifier )*(?:affiliation )*$';

/** What DataCite 4.6 and OpenAIRE 4.0 have alike (metadata.xsd, datacite-v4.xsd). */
const shared: ContentModel = {
  creators: { children: /^(?:creator )+$/ },
  creator: { children: new RegExp(`^creator${agentParts}`) },
  contributors: { children: /^(?:contributor )*$/ },
  contributor: {
    children: new RegExp(`^contributor${agentParts}`),
    attributes: { 'contributorType!': /^Other$/ },
  },
  creatorName: { attributes: nameType },
  contributorName: { attributes: nameType },
  givenName: {},
  familyName: {},
  nameIdentifier: { attributes: { 'nameIdentifierScheme!': any, schemeURI: uri } },
  affiliation: {
    attributes: { affiliationIdentifier: uri, affiliationIdentifierScheme: any, schemeURI: uri },
  },
  titles: { children: /^(?:title )+$/ },
  title: { attributes: { titleType: /^(?:AlternativeTitle|Subtitle|TranslatedTitle|Other)$/ } },
  subjects: { children: /^(?:subject )*$/ },
  subject: {},
  dates: { children: /^(?:date )*$/ },
  date: {
    attributes: {
      'dateType!': /^(?:Accepted|Available|Collected|Copyrighted|Created|Issued|Submitted|Updated|Valid)$/,
    },
  },
  alternateIdentifiers: { children: /^(?:alternateIdentifier )*$/ },
  alternateIdentifier: { attributes: { 'alternateIdentifierType!': any } },
  relatedIdentifiers: { children: /^(?:relatedIdentifier )*$/ },
  relatedIdentifier: {
    attributes: { 'relatedIdentifierType!': identifierType, 'relationType!': relationType },
  },
  fundingReferences: { children: /^(?:fundingReference )*$/ },
  fundingReference: {
    children: /^funderName (?:(?:funderIdentifier|awardNumber|awardTitle) )*$/,
    once: true,
  },
  funderName: {},
  funderIdentifier: {
    attributes: { 'funderIdentifierType!': /^(?:ISNI|GRID|Crossref Funder ID|ROR|Other)$/ },
  },
  awardNumber: { attributes: { awardURI: uri } },
};

/** DataCite Metadata Schema 4.6, metadata.xsd; and the envelope, oai-1.1/oai.xsd, whose symbol we do not know. */
export const dataciteModel: ContentModel = {
  ...shared,
  oai_datacite: { children: /^schemaVersion payload $/ },
  schemaVersion: {},
  payload: { children: /^resource $/ },
  resource: {
    once: true,
    children:
      /^(?:(?:identifier|creators|titles|publisher|publicationYear|resourceType|subjects|contributors|dates|language|alternateIdentifiers|relatedIdentifiers|sizes|formats|version|rightsList|descriptions|geoLocations|fundingReferences|relatedItems) )*$/,
  },
  identifier: { attributes: { 'identifierType!': any } },
  publisher: {},
  publicationYear: {},
  resourceType: { attributes: { 'resourceTypeGeneral!': resourceTypeGeneral } },
  language: {},
  formats: { children: /^(?:format )*$/ },
  format: {},
  version: {},
  rightsList: { children: /^(?:rights )*$/ },
  rights: {
    attributes: { rightsURI: uri, rightsIdentifier: any, rightsIdentifierScheme: any, schemeURI: uri },
  },
  descriptions: { children: /^(?:description )*$/ },
  description: {
    attributes: {
      'descriptionType!': /^(?:Abstract|Methods|SeriesInformation|TableOfContents|TechnicalInfo|Other)$/,
    },
  },
  relatedItems: { children: /^(?:relatedItem )*$/ },
  relatedItem: {
    children:
      /^(?:relatedItemIdentifier )?(?:creators )?(?:titles )?(?:publicationYear )?(?:volume )?(?:issue )?(?:number )?(?:firstPage )?(?:lastPage )?(?:publisher )?(?:edition )?(?:contributors )?$/,
    attributes: { 'relatedItemType!': resourceTypeGeneral, 'relationType!': relationType },
  },
  volume: {},
  issue: {},
  firstPage: {},
  lastPage: {},
};

const coar = (vocabulary: string): RegExp => new RegExp(`^http://purl\\.org/coar/${vocabulary}/[\\w-]+$`);

/** OpenAIRE Guidelines for Literature Repository Managers 4.0, openaire.xsd. */
export const openaireModel: ContentModel = {
  ...shared,
  resource: {
    children:
      /^(?:(?:coverage|creators|contributors|fundingReferences|alternateIdentifiers|relatedIdentifiers|dates|titles|language|publisher|resourceType|description|format|identifier|rights|source|subjects|geoLocations|sizes|citation(?:Title|Volume|Issue|StartPage|EndPage|Edition|ConferencePlace|ConferenceDate)|version|file|licenseCondition|audience) )*$/,
  },
  identifier: { attributes: { 'identifierType!': /^(?:ARK|DOI|Handle|PURL|URL|URN)$/ } },
  language: {},
  publisher: {},
  description: {},
  format: {},
  source: {},
  resourceType: {
    attributes: {
      'resourceTypeGeneral!': /^(?:literature|dataset|software|other research product)$/,
      'uri!': coar('resource_type'),
    },
  },
  rights: { attributes: { 'rightsURI!': coar('access_right') } },
  version: { attributes: { uri: coar('version') } },
  licenseCondition: { attributes: { startDate: any, uri } },
  file: {
    attributes: {
      accessRightsURI: coar('access_right'),
      mimeType: any,
      objectType: /^(?:fulltext|dataset|software|other)$/,
    },
  },
  citationTitle: {},
  citationVolume: {},
  citationIssue: {},
  citationStartPage: {},
  citationEndPage: {},
};

const topLevel =
  '(?:abstract|accessCondition|classification|extension|genre|identifier|language|location|name|note|originInfo|part|physicalDescription|recordInfo|relatedItem|subject|tableOfContents|targetAudience|titleInfo|typeOfResource)';

/** MODS 3.7, mods-3-7.xsd, as far as we write it. */
export const modsModel: ContentModel = {
  mods: { children: new RegExp(`^(?:${topLevel} )*$`), attributes: { version: /^3\.7$/ } },
  titleInfo: {
    children: /^(?:title )$/,
    attributes: { type: /^(?:abbreviated|translated|alternative|uniform)$/ },
  },
  title: {},
  name: {
    children: /^(?:(?:namePart|displayForm|affiliation|role|description|nameIdentifier) )*$/,
    attributes: { type: /^(?:personal|corporate|conference|family)$/, valueURI: uri },
  },
  namePart: { attributes: { type: /^(?:date|family|given|termsOfAddress)$/ } },
  affiliation: {},
  nameIdentifier: { attributes: { type: any } },
  role: { children: /^(?:roleTerm )+$/ },
  roleTerm: { attributes: { authority: any, type: /^(?:code|text)$/ } },
  typeOfResource: {},
  genre: { attributes: { authority: any, valueURI: uri } },
  originInfo: { children: /^(?:(?:publisher|dateIssued) )+$/ },
  publisher: {},
  dateIssued: { attributes: { encoding: /^w3cdtf$/, keyDate: /^yes$/ } },
  language: { children: /^(?:languageTerm )+$/ },
  languageTerm: {
    attributes: { type: /^(?:code|text)$/, authority: /^(?:rfc3066|iso639-2b|iso639-3|rfc4646|rfc5646)$/ },
  },
  abstract: {},
  subject: { children: /^(?:topic )+$/ },
  topic: {},
  identifier: { attributes: { type: any } },
  location: { children: /^(?:url )*$/ },
  url: { attributes: { access: /^(?:preview|raw object|object in context)$/ } },
  physicalDescription: { children: /^(?:internetMediaType )+$/ },
  internetMediaType: {},
  accessCondition: { attributes: { type: any, 'xlink:href': uri } },
  note: { attributes: { type: any } },
  relatedItem: {
    children: new RegExp(`^(?:${topLevel} )*$`),
    attributes: {
      type: /^(?:preceding|succeeding|original|host|constituent|series|otherVersion|otherFormat|isReferencedBy|references|reviewOf)$/,
      otherType: any,
      displayLabel: any,
    },
  },
  part: { children: /^(?:(?:detail|extent|date|text) )*$/ },
  detail: { children: /^(?:(?:number|caption|title) )+$/, attributes: { type: any } },
  number: {},
  extent: { children: /^(?:start )?(?:end )?(?:total )?(?:list )?$/, attributes: { unit: any } },
  start: {},
  end: {},
};
