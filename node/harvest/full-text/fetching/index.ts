/** Getting files and pages from other hosts, by their rules and at a pace that they bear. */
export { boundedBody } from './bounded-body.ts';
export { fetchFile, type FetchedFile, type Validators } from './fetch-file.ts';
export { PoliteClient, webAddress } from './polite-client.ts';
export { checkAnswer } from './refusals.ts';
export type { Answer } from './requests.ts';
export { Spool, type Spooled } from './spool.ts';
