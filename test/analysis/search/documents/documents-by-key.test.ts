import { expect } from 'chai';
import { DocumentTable } from '../../../../node/analysis/search/documents/document-table.ts';
import { DocumentsByKey } from '../../../../node/analysis/search/documents/documents-by-key.ts';
import { noFacets } from '../../../../node/analysis/search/documents/facet-values.ts';

const LETTERS = '234567abcdefghijklmnopqrstuvwxyz';
/** Keys that differ in their third to sixth letter. */
const keyOf = (n: number): string =>
  `aa${[15, 10, 5, 0].map((bits) => LETTERS.charAt((n >> bits) & 31)).join('')}`.padEnd(20, 'z');

function withDocuments(table: DocumentTable, keys: readonly (readonly [number, string])[]): DocumentTable {
  const edit = table.edit();
  for (const [document, key] of keys) {
    edit.add(document, { key, tombstone: false, length: 1, facets: { ...noFacets, origin: 1 } });
  }
  return edit.table();
}

describe('the documents by their keys', () => {
  const all = Array.from({ length: 5_000 }, (_, n) => [n, keyOf(n)] as const);
  const empty = new DocumentTable([], 0, 0);

  it('are found as they come, and when all are there', () => {
    let table = empty;
    const documents = DocumentsByKey.of(table);
    for (let at = 0; at < all.length; at += 500) {
      const batch = all.slice(at, at + 500);
      table = withDocuments(table, batch);
      for (const [document] of batch) documents.add(document, table);
      const now = table;
      expect(
        batch.filter(([document, key]) => !documents.candidates(key, now).includes(document)),
      ).to.deep.equal([]);
    }
    const again = DocumentsByKey.of(table);
    expect(all.map(([, key]) => [...new Set(documents.candidates(key, table))])).to.deep.equal(
      all.map(([document]) => [document]),
    );
    expect(all.map(([, key]) => again.candidates(key, table))).to.deep.equal(
      all.map(([document]) => [document]),
    );
    expect(again.candidates(keyOf(6_000), table)).to.deep.equal([]);
  });

  it('are all given whose keys begin alike, and none that is dead', () => {
    const [one, other] = [`${'b'.repeat(19)}c`, `${'b'.repeat(19)}d`];
    const table = withDocuments(empty, [
      [3, one],
      [700, other],
    ]);
    const documents = DocumentsByKey.of(table);
    expect(documents.candidates(one, table)).to.have.members([3, 700]);
    const edit = table.edit();
    edit.remove(3);
    expect(documents.candidates(one, edit.table())).to.deep.equal([700]);
  });
});
