/** Repositories that are harvested by OAI-PMH 2.0. */
export { oaiPmhSource } from './oai-pmh-source.ts';
