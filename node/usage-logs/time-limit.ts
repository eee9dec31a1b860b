import { createContext, Script } from 'node:vm';

/** Of a script, unlike of a function, V8 can be told to end it, in the midst of an expression that runs for ever, too. */
const script = new Script('work()');
const surroundings: { work: () => void } = { work: () => undefined };
const context = createContext(surroundings);

/**
 * What the work comes to, or undefined where it takes longer and is ended. It has to compute only: nothing behind the place at
 * which it is ended is done, no `finally` either.
 */
export function within<T extends object>(ms: number, work: () => T): T | undefined {
  let result: T | undefined;
  surroundings.work = () => {
    result = work();
  };
  try {
    script.runInContext(context, { timeout: ms });
    return result;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  } finally {
    surroundings.work = () => undefined;
  }
}
