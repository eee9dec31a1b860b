export { peersPage, peersSection } from './page.ts';
