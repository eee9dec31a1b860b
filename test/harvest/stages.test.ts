import { expect } from 'chai';
import { Draft, type Stage } from '../../node/harvest/stages/index.ts';
import { eachRecord } from '../../node/harvest/stages/stage.ts';
import { encodeHolding } from '../../vocab/block.ts';
import { checkHolding } from '../../vocab/record-schema.ts';
import { readXml } from '../../vocab/xml/index.ts';
import { stages } from '../support/harvest-stages.ts';

const never = new AbortController().signal;
const HARVESTED_AT = Date.UTC(2026, 0, 1);
/** What every record should have, for those tests that are about something else. */
const complete =
  '<dc:title>A title</dc:title><dc:creator>Knoth, Petr</dc:creator><dc:date>2016-05</dc:date>' +
  '<dc:identifier>https://repository.example/1</dc:identifier>';

function aDraft(elements: string): Draft {
  const xml =
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">' +
    `${elements}</oai_dc:dc>`;
  return new Draft(
    {
      oaiIdentifier: 'oai:repository.example:1',
      datestamp: '2026-01-01',
      sets: ['a'],
      metadata: { format: 'oai_dc', element: readXml(xml), text: xml },
    },
    { source: 'https://repository.example/oai', harvestedAt: HARVESTED_AT },
  );
}

async function through(draft: Draft, steps: readonly Stage[] = stages): Promise<Draft> {
  for (const stage of steps) await stage.apply([draft], never);
  return draft;
}

/** Whether every other node takes the record. */
function problemWith({ record }: Draft): string | undefined {
  const checked = checkHolding(
    encodeHolding({ id: 'https://node.example/records/x', node: '12D3', ...record }).bytes,
  );
  return 'problem' in checked ? checked.problem : undefined;
}

describe('the stages of the harvest', () => {
  it('make a record of metadata, and keep these', async () => {
    const draft = await through(aDraft(complete));
    expect(draft.problems).to.deep.equal([]);
    expect(draft.record).to.deep.include({
      oaiIdentifier: 'oai:repository.example:1',
      sets: ['a'],
      published: '2016-05',
      provenance: { source: 'https://repository.example/oai', format: 'oai_dc', harvestedAt: HARVESTED_AT },
    });
    expect(draft.record.raw).to.deep.equal([{ format: 'oai_dc', text: draft.item.metadata.text }]);
    expect(problemWith(draft)).to.equal(undefined);
  });

  it('tell what was put right, once for each field, with before and after', async () => {
    const draft = await through(
      aDraft(
        '<dc:title>A &lt;b&gt;bold&lt;/b&gt; title</dc:title><dc:creator>Petr Knoth</dc:creator>' +
          '<dc:creator>Nancy Pontika</dc:creator>',
      ),
    );
    expect(draft.problems.slice(0, 2).map(({ code, severity }) => [code, severity])).to.deep.equal([
      ['TEXT_MARKUP', 'info'],
      ['NAME_INVERTED', 'info'],
    ]);
    expect(draft.problems[1]).to.deep.include({
      oaiIdentifier: 'oai:repository.example:1',
      message: 'dc:creator: A name was turned to family name, given name.',
      repairs: [
        { before: 'Petr Knoth', after: 'Knoth, Petr' },
        { before: 'Nancy Pontika', after: 'Pontika, Nancy' },
      ],
    });
  });

  it('tell what is missing', async () => {
    const draft = await through(aDraft('<dc:publisher>CORE</dc:publisher>'));
    expect(draft.problems.map(({ code }) => code)).to.deep.equal([
      'RECORD_NO_TITLE',
      'RECORD_NO_CREATOR',
      'RECORD_NO_DATE',
      'RECORD_NO_LINK',
    ]);
    expect(draft.refused).to.equal(false);
  });

  it('tell what is lost, and what lies in the future', async () => {
    const damaged = await through(aDraft(complete.replace('A title', 'Schr\ufffddinger')));
    expect(damaged.problems.map(({ code }) => code)).to.deep.equal(['TEXT_DAMAGED']);
    const nextYear = await through(aDraft(complete.replace('2016-05', '2027-05')));
    expect([nextYear.record.published, nextYear.problems]).to.deep.equal(['2027-05', []]);
    const future = await through(aDraft(complete.replace('2016-05', '2099-05')));
    expect(future.record.published).to.equal(undefined);
    expect(future.problems.map(({ code }) => code)).to.deep.equal(['DATE_REFUSED', 'RECORD_NO_DATE']);
    expect(future.problems[0]?.repairs).to.deep.equal([{ before: '2099-05', after: '' }]);
  });

  it('cut what is too large, so that every node takes the record', async () => {
    const draft = aDraft(complete);
    const { record } = await through(draft);
    const long = 'x'.repeat(200_000);
    record.titles = Array.from({ length: 150 }, () => ({ value: long, language: long }));
    record.abstracts = [{ value: `${'y'.repeat(49_998)}\u{1F600}z`, language: 'en' }];
    record.creators = [{ name: long, family: long, kind: 'person' }];
    record.subjects = Array.from({ length: 2_000 }, (_, i) => ({ value: `subject ${i}` }));
    record.identifiers = [
      { scheme: 'url', value: `https://x.example/${long}` },
      { scheme: 'doi', value: '10.1/x' },
    ];
    record.relations = [{ kind: 'relation', target: { scheme: 'url', value: long } }];
    record.files = [{ url: long, access: 'open' }];
    record.source = { citation: long };
    record.publisher = long;
    record.licence = long;
    record.raw = [{ format: 'oai_dc', text: 'x'.repeat(2_000_001) }];
    expect(problemWith(draft)).to.be.a('string');

    await through(draft, stages.slice(-1));
    expect(problemWith(draft)).to.equal(undefined);
    expect(record.identifiers).to.deep.equal([{ scheme: 'doi', value: '10.1/x' }]);
    expect(record.abstracts[0]?.value).to.equal(`${'y'.repeat(49_998)}…`);
    expect(record).to.deep.include({ raw: [], files: [], relations: [] });
    expect(new Set(draft.problems.map(({ code }) => code))).to.deep.equal(new Set(['RECORD_TOO_LARGE']));
    expect(draft.problems.map(({ about }) => about)).to.include.members(['titles', 'publisher', 'raw']);
  });

  it('refuse a record over which one of them stumbles, and go on with the others', async () => {
    const [bad, good] = [aDraft('<dc:title>Bad</dc:title>'), aDraft('<dc:title>Good</dc:title>')];
    const stumbling = eachRecord('stumbling', ({ record, item }) => {
      if (item.metadata.text.includes('Bad')) throw new Error('ouch');
      record.published = '2020';
    });
    await stumbling.apply([bad, good], never);
    expect([bad.refused, good.refused, good.record.published]).to.deep.equal([true, false, '2020']);
    expect(bad.problems[0]).to.include({ code: 'HARVEST_STAGE_FAILED', severity: 'error' });
    expect(bad.problems[0]?.detail).to.contain('stumbling: Error: ouch');
    await stumbling.apply([bad], never);
    expect(bad.problems).to.have.length(1);
  });
});
