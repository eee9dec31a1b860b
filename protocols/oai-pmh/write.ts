import { element, raw, type RawXml, type XmlAttributes, xmlDeclaration } from '../../vocab/xml/index.ts';
import type { OaiFault } from './errors.ts';
import type { OaiHeader, OaiIdentify, OaiMetadataFormat, OaiSet, ResumptionToken } from './model.ts';
import type { OaiRequest } from './requests.ts';

/** A record as a provider gives it out. A deleted one has no metadata. */
export interface ProvidedRecord {
  header: OaiHeader;
  /** The child of `metadata`, as XML that declares its own namespaces. */
  metadata?: string;
  /** Children of `about` elements, as XML. */
  about?: readonly string[];
}

/** What a provider answers: like `OaiAnswer`, with metadata as text. */
export type ProvidedAnswer =
  | { verb: 'Identify'; identify: OaiIdentify; descriptions?: readonly string[] }
  | { verb: 'ListMetadataFormats'; formats: readonly OaiMetadataFormat[] }
  | { verb: 'ListSets'; sets: readonly OaiSet[]; token?: ResumptionToken }
  | { verb: 'ListIdentifiers'; headers: readonly OaiHeader[]; token?: ResumptionToken }
  | { verb: 'ListRecords'; records: readonly ProvidedRecord[]; token?: ResumptionToken }
  | { verb: 'GetRecord'; record: ProvidedRecord }
  | { verb: 'error'; faults: readonly OaiFault[] };

export interface ProvidedResponse {
  /** UTC, to the second: the time of the answer. */
  responseDate: string;
  baseUrl: string;
  /** The request as it was understood; left out where it was not (see `parseOaiRequest`). */
  request?: OaiRequest;
  answer: ProvidedAnswer;
}

/** An OAI-PMH 2.0 answer as a document (section 3.2). Its media type is `text/xml; charset=utf-8`. */
export function writeOaiResponse(response: ProvidedResponse): string {
  const { answer, baseUrl, responseDate } = response;
  return (
    xmlDeclaration +
    element('OAI-PMH', rootAttributes, [
      raw(element('responseDate', {}, responseDate)),
      raw(element('request', requestAttributes(response), baseUrl)),
      ...answerElements(answer),
    ])
  );
}

const rootAttributes = {
  xmlns: 'http://www.openarchives.org/OAI/2.0/',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  'xsi:schemaLocation':
    'http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd',
};

/** No attributes where the request was illegal: badVerb and badArgument (section 3.2). */
function requestAttributes({ answer, request }: ProvidedResponse): XmlAttributes {
  const illegal =
    answer.verb === 'error' &&
    answer.faults.some(({ condition }) => condition === 'badVerb' || condition === 'badArgument');
  return illegal || request === undefined ? {} : { ...request };
}

function answerElements(answer: ProvidedAnswer): RawXml[] {
  switch (answer.verb) {
    case 'error':
      return answer.faults.map((fault) => raw(element('error', { code: fault.condition }, fault.message)));
    case 'Identify':
      return [raw(element(answer.verb, {}, identifyElements(answer.identify, answer.descriptions ?? [])))];
    case 'ListMetadataFormats':
      return [raw(element(answer.verb, {}, answer.formats.map(formatElement)))];
    case 'ListSets':
      return [raw(element(answer.verb, {}, [...answer.sets.map(setElement), ...tokenElement(answer.token)]))];
    case 'ListIdentifiers':
      return [
        raw(element(answer.verb, {}, [...answer.headers.map(headerElement), ...tokenElement(answer.token)])),
      ];
    case 'ListRecords':
      return [
        raw(element(answer.verb, {}, [...answer.records.map(recordElement), ...tokenElement(answer.token)])),
      ];
    default:
      return [raw(element(answer.verb, {}, recordElement(answer.record)))];
  }
}

function identifyElements(identify: OaiIdentify, descriptions: readonly string[]): RawXml[] {
  return [
    leaf('repositoryName', identify.repositoryName),
    leaf('baseURL', identify.baseUrl),
    leaf('protocolVersion', identify.protocolVersion),
    ...identify.adminEmails.map((address) => leaf('adminEmail', address)),
    leaf('earliestDatestamp', identify.earliestDatestamp),
    leaf('deletedRecord', identify.deletedRecord),
    leaf('granularity', identify.granularity),
    ...identify.compressions.map((compression) => leaf('compression', compression)),
    ...descriptions.map((description) => raw(element('description', {}, raw(description)))),
  ];
}

function formatElement(format: OaiMetadataFormat): RawXml {
  return raw(
    element('metadataFormat', {}, [
      leaf('metadataPrefix', format.prefix),
      leaf('schema', format.schema),
      leaf('metadataNamespace', format.namespace),
    ]),
  );
}

function setElement(set: OaiSet): RawXml {
  return raw(element('set', {}, [leaf('setSpec', set.spec), leaf('setName', set.name)]));
}

function recordElement(record: ProvidedRecord): RawXml {
  const { header, metadata, about = [] } = record;
  return raw(
    element('record', {}, [
      headerElement(header),
      ...(metadata === undefined || header.deleted ? [] : [raw(element('metadata', {}, raw(metadata)))]),
      ...about.map((xml) => raw(element('about', {}, raw(xml)))),
    ]),
  );
}

function headerElement(header: OaiHeader): RawXml {
  return raw(
    element('header', { status: header.deleted ? 'deleted' : undefined }, [
      leaf('identifier', header.identifier),
      leaf('datestamp', header.datestamp),
      ...header.sets.map((spec) => leaf('setSpec', spec)),
    ]),
  );
}

/** An empty token ends a list of several pages (section 3.5). */
function tokenElement(token: ResumptionToken | undefined): RawXml[] {
  if (token === undefined) return [];
  const { value, completeListSize, cursor, expirationDate } = token;
  return [raw(element('resumptionToken', { expirationDate, completeListSize, cursor }, value))];
}

function leaf(name: string, text: string): RawXml {
  return raw(element(name, {}, text));
}
