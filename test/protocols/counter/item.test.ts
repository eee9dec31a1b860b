import { expect } from 'chai';
import { describeItem, namespaceOf, type ReportItem } from '../../../protocols/counter/index.ts';
import type { Record as HeldRecord } from '../../../vocab/record.ts';
import { aRecord } from '../../support/builders.ts';

const surroundings = { release: '5.1', namespace: 'p1', today: '2026-04-15' } as const;
const held = (parts: Partial<HeldRecord>): HeldRecord => ({
  ...aRecord(),
  id: 'https://node.example/records/abcdefghijklmnopqrst',
  node: '12D3KooWQYhTNQdmr3ArTeUHRYzFg94BKyTkoWBDWez9kSCVe2Xo',
  ...parts,
});
const item = (parts: Partial<HeldRecord>): ReportItem =>
  describeItem('abcdefghijklmnopqrst', held(parts), surroundings);

describe('an item of a COUNTER report', () => {
  const types: readonly [coar: string | undefined, r51: string, r5: string][] = [
    ['c_6501', 'Article', 'Article'],
    ['c_dcae04bc', 'Article', 'Article'],
    ['c_816b', 'Article', 'Article'],
    ['c_2f33', 'Book_Segment', 'Book'],
    ['c_3248', 'Book_Segment', 'Book_Segment'],
    ['c_5794', 'Conference_Item', 'Repository_Item'],
    ['c_f744', 'Conference_Item', 'Book'],
    ['c_db06', 'Thesis_or_Dissertation', 'Thesis_or_Dissertation'],
    ['ACF7-8YT9', 'Dataset', 'Dataset'],
    ['c_18gh', 'Report', 'Report'],
    ['c_12ce', 'Audiovisual', 'Multimedia'],
    ['c_ecc8', 'Image', 'Multimedia'],
    ['c_18cc', 'Sound', 'Multimedia'],
    ['QH80-2R4E', 'Software', 'Other'],
    ['9DKX-KSAF', 'Patent', 'Other'],
    ['c_998f', 'News_Item', 'Newspaper_or_Newsletter'],
    ['c_e059', 'Other', 'Other'],
    ['c_0640', 'Other', 'Other'],
    ['c_18cf', 'Unspecified', 'Repository_Item'],
    [undefined, 'Unspecified', 'Repository_Item'],
  ];
  for (const [coar, r51, r5] of types) {
    it(`of the type ${coar ?? 'that nobody told'} is ${r51}, in release 5 ${r5}`, () => {
      const record = held(coar === undefined ? {} : { type: `http://purl.org/coar/resource_type/${coar}` });
      expect(describeItem('k', record, surroundings).dataType).to.equal(r51);
      expect(describeItem('k', record, { ...surroundings, release: '5' }).dataType).to.equal(r5);
    });
  }

  const file = { url: 'https://r.example/a.pdf', access: 'open' as const };
  const accesses: readonly [Partial<HeldRecord>, r51: string, r5: string][] = [
    [{ access: { right: 'open' } }, 'Open', 'OA_Gold'],
    [{ access: { right: 'restricted' } }, 'Controlled', 'Controlled'],
    [{ access: { right: 'metadata-only' } }, 'Controlled', 'Controlled'],
    [{ access: { right: 'embargoed', embargoEnds: '2026-04-16' } }, 'Controlled', 'Controlled'],
    [{ access: { right: 'embargoed', embargoEnds: '2026-04-15' } }, 'Open', 'OA_Gold'],
    [{ access: { right: 'embargoed' } }, 'Controlled', 'Controlled'],
    [{}, 'Free_To_Read', 'Other_Free_To_Read'],
    [{ files: [file] }, 'Free_To_Read', 'Other_Free_To_Read'],
    [{ files: [{ ...file, access: 'restricted' }] }, 'Controlled', 'Controlled'],
  ];
  for (const [parts, r51, r5] of accesses) {
    it(`with ${JSON.stringify(parts)} is ${r51}, in release 5 ${r5}`, () => {
      expect(item(parts).accessType).to.equal(r51);
      expect(describeItem('k', held(parts), { ...surroundings, release: '5' }).accessType).to.equal(r5);
    });
  }

  it('tells a date of publication only by the day, and an unknown year as 0001', () => {
    expect(item({ published: '2016-05-04' })).to.include({ publicationDate: '2016-05-04', yop: '2016' });
    expect(item({ published: '2016-05' }))
      .to.include({ yop: '2016' })
      .and.not.to.have.property('publicationDate');
    const { published: _, ...undated } = held({});
    expect(describeItem('k', undated, surroundings).yop).to.equal('0001');
  });

  it('has always an identifier of its own, and no DOI that is none', () => {
    expect(item({}).identifiers).to.deep.equal({
      Proprietary: 'p1:oai:repository.example:1',
      URI: 'https://node.example/records/abcdefghijklmnopqrst',
    });
    expect(item({ identifiers: [{ scheme: 'doi', value: '10.x/1' }] }).identifiers).not.to.have.property(
      'DOI',
    );
    expect(describeItem('abcdefghijklmnopqrst', undefined, surroundings).identifiers).to.deep.equal({
      Proprietary: 'p1:record/abcdefghijklmnopqrst',
    });
  });

  it('has no parent where it is none of a kind that has', () => {
    const source = { title: 'A series' };
    expect(item({ type: 'http://purl.org/coar/resource_type/c_46ec', source })).not.to.have.property(
      'parent',
    );
    const relations = [{ kind: 'isPartOf' as const, target: { scheme: 'doi' as const, value: '10.1000/p' } }];
    const article = item({ type: 'http://purl.org/coar/resource_type/c_6501', relations });
    expect(article.parent).to.deep.include({ title: '', dataType: 'Journal' });
    expect(article.parent?.identifiers).to.have.property('DOI', '10.1000/p');
  });

  const hosts: readonly [host: string, namespace: string][] = [
    ['repository.example.edu', 'example.edu'],
    ['r.example', 'r.example'],
    ['localhost', 'localhost'],
    ['a-b.example', 'a_b.example'],
    ['127.0.0.1', 'ngr.'],
    ['averyveryverylongname.example', 'verylongname.example'.slice(-18)],
  ];
  for (const [host, namespace] of hosts) {
    it(`has identifiers of ${host} under ${namespace}`, () => {
      expect(namespaceOf(host))
        .to.equal(namespace)
        .and.to.match(/^[a-zA-Z][a-zA-Z0-9_./]{1,17}$/);
    });
  }
});
