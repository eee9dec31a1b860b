export { extractReferences } from './extract-references.ts';
export { parseReference } from './parse-reference.ts';
