export { jats } from './jats.ts';
