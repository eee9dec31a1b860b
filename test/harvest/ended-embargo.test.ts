import { expect } from 'chai';
import { endedEmbargo } from '../../node/harvest/stages/ended-embargo.ts';
import { Draft } from '../../node/harvest/stages/index.ts';
import { readXml } from '../../vocab/xml/index.ts';

const HARVESTED = Date.UTC(2026, 4, 13);

async function after(access: Draft['record']['access']): Promise<Draft> {
  const draft = new Draft(
    {
      oaiIdentifier: 'oai:repository.example:1',
      datestamp: '2026-01-01',
      sets: [],
      metadata: { format: 'oai_dc', element: readXml('<dc/>'), text: '<dc/>' },
    },
    { source: 'https://repository.example/oai', harvestedAt: HARVESTED },
  );
  if (access !== undefined) draft.record.access = access;
  draft.record.files = [
    { url: 'https://repository.example/1.pdf', access: 'embargoed' },
    { url: 'https://repository.example/2.pdf', access: 'restricted' },
  ];
  await endedEmbargo.apply([draft], new AbortController().signal);
  return draft;
}

describe('an embargo that is over', () => {
  for (const embargoEnds of ['2026-05-13', '2020-01-01']) {
    it(`${embargoEnds}: the record is open, and its embargoed files are`, async () => {
      const { record, problems } = await after({ right: 'embargoed', embargoEnds });
      expect(record.access).to.deep.equal({ right: 'open' });
      expect(record.files.map(({ access }) => access)).to.deep.equal(['open', 'restricted']);
      expect(problems.map(({ code }) => code)).to.deep.equal(['EMBARGO_ENDED']);
    });
  }

  for (const access of [
    undefined,
    { right: 'embargoed' },
    { right: 'embargoed', embargoEnds: '2026-05-14' },
    { right: 'restricted', embargoEnds: '2020-01-01' },
    { right: 'open' },
  ] as const) {
    it(`is not one of ${JSON.stringify(access) ?? 'nothing'}`, async () => {
      const { record, problems } = await after(access);
      expect(record.access).to.deep.equal(access);
      expect(record.files[0]?.access).to.equal('embargoed');
      expect(problems).to.deep.equal([]);
    });
  }
});
