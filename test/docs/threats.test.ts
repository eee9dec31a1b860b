import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';

const root = new URL('../../', import.meta.url);
const page = await readFile(new URL('docs/security.md', root), 'utf8');

/** Tables of attacks, whose last column names the tests. */
const rows = [...page.matchAll(/^\| attack \|.*\|\n\|[ -|]*\n((?:\|.*\n)+)/gm)].flatMap(([, lines = '']) =>
  lines
    .trim()
    .split('\n')
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1)),
);

/** A test, or a folder of them; those of the first table are under test/federation. */
function isTest(name: string): boolean {
  return [`${name}.test.ts`, `test/federation/${name}.test.ts`, `${name}/`].some((path) =>
    existsSync(new URL(path, root)),
  );
}

describe('docs/security.md', () => {
  it('names for each threat what is done, and a test that is there', () => {
    expect(rows.length).to.be.greaterThan(60);
    for (const [attack = '', answer = '', tests = '', ...more] of rows) {
      expect(more, attack).to.deep.equal([]);
      expect(answer.trim(), attack).to.not.equal('');
      const named = [...tests.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
      expect(named, attack).to.not.deep.equal([]);
      expect(
        named.filter((name) => !isTest(name)),
        attack,
      ).to.deep.equal([]);
    }
  });
});
