import { PageCheck, type CheckedPage } from './check-page.ts';

/** Who checks the pages that other nodes send: this thread, or one beside it. */
export interface PageChecker {
  /** See `PageCheck.check`. */
  check(frame: Uint8Array): Promise<CheckedPage | undefined>;
  stop(): Promise<void>;
}

/** Checks where it is called: for tests and commands, where a thread would cost more than it saves. */
export function checkerInPlace(): PageChecker {
  const check = new PageCheck();
  return { check: (frame) => check.check(frame), stop: () => Promise.resolve() };
}
