import { expect } from 'chai';

const LEFT_OUT = '…';

/**
 * Holds what came back against what a page shows of it. Shown JSON has to be in the answer: its properties, with values of
 * the same kind, its texts as they stand. Of other kinds each shown line has to be there, in order. `…` stands for
 * anything.
 */
export function expectAsShown(came: string, shown: { kind: string; text: string }, where: string): void {
  if (shown.kind === 'json') expectWithin(JSON.parse(came), JSON.parse(shown.text), where);
  else expect(came, where).to.match(linesInOrder(shown.text));
}

function expectWithin(came: unknown, shown: unknown, where: string): void {
  if (Array.isArray(shown)) {
    expect(came, where).to.be.an('array');
    for (const item of shown)
      expect(
        (came as unknown[]).some((one) => fits(one, item)),
        `${where}: ${JSON.stringify(item)}`,
      ).to.equal(true);
  } else if (typeof shown === 'object' && shown !== null) {
    expect(came, where).to.be.an('object');
    for (const [name, value] of Object.entries(shown))
      expectWithin((came as Record<string, unknown>)[name], value, `${where}: ${name}`);
  } else if (typeof shown === 'string') expect(came, where).to.be.a('string').that.matches(pattern(shown));
  else expect(typeof came, where).to.equal(typeof shown);
}

function fits(came: unknown, shown: unknown): boolean {
  try {
    expectWithin(came, shown, '');
    return true;
  } catch {
    return false;
  }
}

function pattern(text: string): RegExp {
  return new RegExp(`^${escaped(text)}$`);
}

function linesInOrder(text: string): RegExp {
  return new RegExp(
    text
      .split('\n')
      .map((line) => escaped(line.trim()))
      .join('[^]*?'),
  );
}

function escaped(text: string): string {
  return text
    .split(LEFT_OUT)
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))
    .join('[^]*?');
}
