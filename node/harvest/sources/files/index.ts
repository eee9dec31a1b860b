/** Files on this machine as a source of records. */
export { FilesError } from './errors.ts';
export { FilesSource } from './files-source.ts';
