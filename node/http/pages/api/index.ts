export { apiPage } from './page.ts';
