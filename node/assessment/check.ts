import { NgrError } from '../../vocab/errors.ts';
import { CheckFailed, NotApplicable } from './errors.ts';
import type { Observation, Verdict } from './verdict.ts';
import type { Visitor } from './visitor.ts';

/**
 * A look at the node from outside.
 * @returns what was seen, where it is as it should be
 * @throws CheckFailed, NotApplicable, and whatever the readers of the protocols throw
 */
export type Check = (visitor: Visitor) => Promise<readonly Observation[]>;

/** Makes a check, and judges whatever comes of it. @param limit.seconds after which `visitor`'s signal ends it */
export async function judge(check: Check, visitor: Visitor, limit: { seconds: number }): Promise<Verdict> {
  try {
    return { outcome: 'passed', seen: await check(visitor) };
  } catch (error) {
    const cause = rootOf(error);
    if (cause instanceof NotApplicable) return { outcome: 'inapplicable', why: cause.why };
    if (cause instanceof CheckFailed) return { outcome: 'failed', seen: cause.seen };
    const address = visitor.base;
    const flaw: Observation = visitor.exchange.signal.aborted
      ? { kind: 'slow', address, seconds: limit.seconds }
      : { kind: 'unreadable', address, reason: reasonOf(error) };
    return { outcome: 'failed', seen: [flaw] };
  }
}

/** The protocols' clients wrap what a fetch throws. */
function rootOf(error: unknown): unknown {
  let root = error;
  for (let depth = 0; depth < 5 && root instanceof Error && !isOurs(root); depth += 1) root = root.cause;
  return root;
}

function isOurs(error: Error): boolean {
  return error instanceof CheckFailed || error instanceof NotApplicable;
}

/** Those errors tell what and where; of others, the innermost says most. */
function reasonOf(error: unknown): string {
  let reason = error;
  while (reason instanceof Error && !(reason instanceof NgrError) && reason.cause !== undefined) {
    reason = reason.cause;
  }
  return (reason instanceof Error ? reason.message : String(reason)).slice(0, 500);
}
