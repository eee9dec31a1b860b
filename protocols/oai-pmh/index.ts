/** OAI-PMH 2.0: a harvester's client, reading of answers, and writing of a provider's. */
export {
  type AnswerNotice,
  OaiPmhClient,
  type ListRecordsOptions,
  type OaiPmhClientOptions,
} from './client.ts';
export { granularityOf, readDatestamp, utcSeconds } from './datestamps.ts';
export {
  OaiError,
  type OaiErrorCode,
  type OaiErrorCondition,
  oaiErrorConditions,
  type OaiFault,
  OaiProtocolError,
} from './errors.ts';
export { get as boundedGet } from './exchange.ts';
export {
  type Granularity,
  type OaiAnswer,
  type OaiHeader,
  type OaiIdentify,
  type OaiIssue,
  type OaiIssueCode,
  type OaiMetadata,
  type OaiMetadataFormat,
  type OaiPlace,
  type OaiRecord,
  type OaiResponse,
  type OaiSet,
  type OaiVerb,
  type ResumptionToken,
} from './model.ts';
export { oneAhead } from './one-ahead.ts';
export type { OaiPage } from './pages.ts';
export type { ProvidedItem, ProvidedPart, ProvidedRepository } from './provided-repository.ts';
export { OaiProvider } from './provider.ts';
export { type ReadOaiOptions, readOaiResponse } from './read.ts';
export { type OaiRequest, type ParsedOaiRequest, parseOaiRequest } from './requests.ts';
export type { Selection } from './resumption.ts';
export {
  type ProvidedAnswer,
  type ProvidedRecord,
  type ProvidedResponse,
  writeOaiResponse,
} from './write.ts';
