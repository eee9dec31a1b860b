import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { crosswalksPage } from '../../../scripts/build/crosswalks.ts';
import { crosswalks, fieldCrosswalks } from '../../../vocab/crosswalks/index.ts';

describe('docs/crosswalks.md', () => {
  it('has a table of each format', () => {
    const page = crosswalksPage();
    for (const { title, rows } of [...crosswalks, ...fieldCrosswalks]) {
      expect(page).to.contain(`\n## ${title}\n`);
      for (const { goesTo } of rows) expect(page).to.contain(`${goesTo.replaceAll('|', String.raw`\|`)} |`);
    }
  });

  it('is of this state of the tables: npm run build', async () => {
    const kept = await readFile(new URL('../../../docs/crosswalks.md', import.meta.url), 'utf8');
    expect(kept).to.equal(crosswalksPage());
  });
});
