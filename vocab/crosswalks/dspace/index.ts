/** The two formats in which DSpace gives all of its metadata. */
export { dim } from './dim.ts';
export { xoai } from './xoai.ts';
