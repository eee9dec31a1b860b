import { expect } from 'chai';

/** As much of tape as the tests of abstract-level use, which bring no runner of their own. */
export interface Tape {
  plan(assertions: number): void;
  end(): void;
  is(actual: unknown, expected: unknown, message?: string): void;
  isNot(actual: unknown, expected: unknown, message?: string): void;
  same(actual: unknown, expected: unknown, message?: string): void;
  ok(value: unknown, message?: string): void;
  pass(message?: string): void;
  fail(message?: string | Error): void;
  throws(work: () => unknown, expected?: unknown): void;
  doesNotThrow(work: () => unknown, message?: string): void;
  test(name: string, body: Body): void;
}

type Body = (tape: Tape) => unknown;

/** Gives a test in tape's manner to mocha. */
export function tapeInMocha(name: string, body: Body): void {
  it(name, () => runTape(body));
}

async function runTape(body: Body): Promise<void> {
  const within: (() => Promise<void>)[] = [];
  await new Promise<void>((resolve, reject) => {
    let planned: number | undefined;
    let made = 0;
    let isAsync = false;
    const check = (assertion: () => void): void => {
      try {
        assertion();
      } catch (error) {
        reject(error);
      }
      made += 1;
      if (made === planned) resolve();
    };
    const tape: Tape = {
      plan: (assertions) => (planned = assertions),
      end: resolve,
      is: (actual, expected, message) =>
        check(() => expect(Object.is(actual, expected), told(message, actual, expected)).to.equal(true)),
      isNot: (actual, expected, message) => check(() => expect(actual, message).to.not.equal(expected)),
      same: (actual, expected, message) =>
        check(() => expect(plain(actual), message).to.deep.equal(plain(expected))),
      ok: (value, message) => check(() => expect(Boolean(value), message).to.equal(true)),
      pass: () => check(() => undefined),
      fail: (message) => check(() => expect.fail(String(message))),
      throws: (work, expected) => check(() => expectThrown(work, expected)),
      doesNotThrow: (work, message) => check(() => expect(work, message).to.not.throw()),
      test: (_name, inner) => void within.push(() => runTape(inner)),
    };
    try {
      const result = body(tape);
      isAsync = result instanceof Promise;
      if (isAsync)
        (result as Promise<unknown>).then(
          () => (planned === undefined || made >= planned ? resolve() : undefined),
          reject,
        );
      else if (within.length > 0) resolve();
    } catch (error) {
      reject(error);
    }
  });
  for (const inner of within) await inner();
}

function told(message: string | undefined, actual: unknown, expected: unknown): string {
  return `${message ?? ''}: ${String(actual)} is ${String(expected)}`;
}

/** @param expected a pattern of the message, or what looks at the error */
function expectThrown(work: () => unknown, expected: unknown): void {
  let thrown: unknown;
  try {
    work();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).to.be.instanceOf(Error);
  if (expected instanceof RegExp) expect((thrown as Error).message).to.match(expected);
  else if (typeof expected === 'function') expect(expected(thrown)).to.equal(true);
}

/** Bytes are the same whether they are a Buffer or not. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value);
  return Array.isArray(value) ? value.map(plain) : value;
}
