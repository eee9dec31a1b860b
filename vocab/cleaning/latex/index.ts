export { withoutLatex } from './reader.ts';
