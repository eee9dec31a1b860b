export { usagePage } from './page.ts';
export { recordUse } from './record-use.ts';
