import { type XmlElement, withDeclarations, xmlNamespaces } from '../../vocab/xml/index.ts';
import type { ByteOffsets } from './byte-offsets.ts';
import { OaiError } from './errors.ts';
import type { IssueList } from './issue-list.ts';
import {
  type OaiAnswer,
  type OaiVerb,
  oaiVerbs,
  type OaiHeader,
  type OaiIdentify,
  type OaiRecord,
  type ResumptionToken,
} from './model.ts';
import { readHeader, readRecord } from './read-record.ts';
import { readDatestamp } from './datestamps.ts';

export interface AnswerContext {
  /** What the tree was read from. */
  text: string;
  responseDate: string | undefined;
  issues: IssueList;
  offsets: ByteOffsets;
  from: string;
}

/** The answer within an `OAI-PMH` element; issues go to the context's list. */
export function readAnswer(root: XmlElement, context: AnswerContext): OaiAnswer {
  const verbs: readonly string[] = oaiVerbs;
  const element = root.children.find((child) => verbs.includes(child.local));
  if (element !== undefined) return readVerb(element, root, context);

  const faults = root
    .childrenNamed('error')
    .map((error) => ({ condition: error.attributes['code'] ?? '', message: error.content().trim() }));
  if (faults.length > 0) return { verb: 'error', faults };
  throw new OaiError('OAI_NOT_OAI', `${context.from} answered with an OAI-PMH element that holds no answer`);
}

function readVerb(element: XmlElement, root: XmlElement, context: AnswerContext): OaiAnswer {
  const verb = element.local as OaiVerb;
  switch (verb) {
    case 'Identify':
      return { verb, identify: readIdentify(element) };
    case 'ListMetadataFormats':
      return {
        verb,
        formats: element.childrenNamed('metadataFormat').map((format) => ({
          prefix: format.childText('metadataPrefix'),
          schema: format.childText('schema'),
          namespace: format.childText('metadataNamespace'),
        })),
      };
    case 'ListSets':
      return {
        verb,
        sets: element
          .childrenNamed('set')
          .map((set) => ({ spec: set.childText('setSpec'), name: set.childText('setName') })),
        ...tokenOf(element),
      };
    case 'ListIdentifiers':
      return { verb, headers: readHeaders(element, context), ...tokenOf(element) };
    case 'ListRecords':
      return { verb, records: readRecords(element, root, context), ...tokenOf(element) };
    default:
      return { verb, records: readRecords(element, root, context) };
  }
}

function readHeaders(list: XmlElement, context: AnswerContext): OaiHeader[] {
  const page = { ...context, base: 0 };
  return list
    .childrenNamed('header')
    .map((element, index) => readHeader(element, page, index))
    .filter((header) => header !== undefined);
}

function readRecords(list: XmlElement, root: XmlElement, context: AnswerContext): OaiRecord[] {
  const outer = withDeclarations(withDeclarations(xmlNamespaces, root.attributes), list.attributes);
  const page = { ...context, base: 0 };
  return list
    .childrenNamed('record')
    .map((element, index) => readRecord(element, outer, page, index))
    .filter((record) => record !== undefined);
}

function tokenOf(list: XmlElement): { token?: ResumptionToken } {
  const element = list.child('resumptionToken');
  return element === undefined ? {} : { token: readToken(element) };
}

/** One `resumptionToken` element. Attributes that are no numbers or dates are left out. */
export function readToken(element: XmlElement): ResumptionToken {
  const completeListSize = count(element.attributes['completeListSize']);
  const cursor = count(element.attributes['cursor']);
  const expirationDate = readDatestamp(element.attributes['expirationDate'] ?? '');
  return {
    value: element.content().trim(),
    ...(completeListSize !== undefined && { completeListSize }),
    ...(cursor !== undefined && { cursor }),
    ...(expirationDate !== undefined && { expirationDate }),
  };
}

function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : undefined;
}

function readIdentify(element: XmlElement): OaiIdentify {
  const texts = (local: string) => element.childrenNamed(local).map((child) => child.content().trim());
  const deletedRecord = element.childText('deletedRecord').toLowerCase();
  return {
    repositoryName: element.childText('repositoryName'),
    baseUrl: element.childText('baseURL'),
    protocolVersion: element.childText('protocolVersion'),
    adminEmails: texts('adminEmail'),
    earliestDatestamp: element.childText('earliestDatestamp'),
    deletedRecord: deletedRecord === 'persistent' || deletedRecord === 'transient' ? deletedRecord : 'no',
    // Days are the granularity that every source must understand (section 3.3).
    granularity: /T.*ss/i.test(element.childText('granularity')) ? 'YYYY-MM-DDThh:mm:ssZ' : 'YYYY-MM-DD',
    compressions: texts('compression'),
  };
}
