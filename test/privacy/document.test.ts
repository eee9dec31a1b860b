import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';

const root = new URL('../../', import.meta.url);

describe('docs/privacy.md', () => {
  it('names tests that there are, for each row of what is processed and who gets what', async () => {
    const page = await readFile(new URL('docs/privacy.md', root), 'utf8');
    const named = [...page.matchAll(/\b(test\/[\w./-]*\w)/g)].map(([, path = '']) => path);
    expect(new Set(named)).to.have.property('size').that.is.greaterThan(5);
    expect(named.filter((path) => !existsSync(new URL(path, root)))).to.deep.equal([]);
    const tables = page.split(/\n## /).filter((part) => /^(?:What is processed|Who gets what)/.test(part));
    const rows = tables.flatMap((part) =>
      part.split('\n').filter((line) => /^\| (?!---|data |who )/.test(line)),
    );
    expect(rows.length).to.be.greaterThan(10);
    expect(rows.filter((row) => !/`test\/[^`]+` \|$|`test\/[^`]+`, /.test(row))).to.deep.equal([]);
  });
});
