export { notSigned, type CheckedPage } from './check-page.ts';
export { CheckerThread } from './checker-thread.ts';
export { checkerInPlace, type PageChecker } from './page-checker.ts';
