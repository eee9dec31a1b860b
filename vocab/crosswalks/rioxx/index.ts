/** RIOXX, the application profile for research papers of the United Kingdom, in its two versions in use. */
export { rioxx2 } from './rioxx-2.ts';
export { rioxx3 } from './rioxx-3.ts';
