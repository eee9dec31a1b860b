/** RIOXX, the application profile for research papers of the United Kingdom, in its two versions in use. */
export { rioxx2, rioxx2Rows } from './rioxx-2.ts';
export { rioxx3, rioxx3Rows } from './rioxx-3.ts';
