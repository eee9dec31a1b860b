/** Files that are handed to the node (`ngr import`), and kept as sources. */
export { ImportError, type ImportErrorCode } from './errors.ts';
export {
  type Import,
  type ImportedFile,
  type ImportHarvester,
  Imports,
  type ImportsOptions,
  importSources,
} from './imports.ts';
export type { FilePart, Received } from './upload.ts';
