export { usagePage, usageSections } from './page.ts';
export { recordUse } from './record-use.ts';
