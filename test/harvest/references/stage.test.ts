import { expect } from 'chai';
import { Draft } from '../../../node/harvest/stages/index.ts';
import { references } from '../../../node/harvest/stages/references.ts';
import type { Reference } from '../../../vocab/record.ts';

async function completed(reference: Reference): Promise<Reference | undefined> {
  const metadata = { format: 'csl_json', text: '{}', fields: {} };
  const item = { oaiIdentifier: 'oai:r.example:1', sets: [], datestamp: '2026-01-01', metadata };
  const draft = new Draft(item, { source: 'https://r.example/oai', harvestedAt: 0 });
  draft.record.references = [reference];
  await references.apply([draft], new AbortController().signal);
  return draft.record.references[0];
}

describe('references in metadata', () => {
  const text = 'Knoth, P. (2016). Aggregating repositories. Journal of Tests 3. doi:10.1000/x';

  it('are taken apart where there is only their text', async () => {
    expect(await completed({ text })).to.deep.equal({
      text,
      identifier: { scheme: 'doi', value: '10.1000/x' },
      title: 'Aggregating repositories',
      year: '2016',
    });
  });

  it('keep what the source says itself', async () => {
    const said: Reference = { text, identifier: { scheme: 'pmid', value: '7' }, year: '2015' };
    expect(await completed(said)).to.deep.equal({ ...said, title: 'Aggregating repositories' });
    const whole: Reference = { text: 'A title, 2014', title: 'A title' };
    expect(await completed(whole)).to.deep.equal(whole);
  });

  it('stay as they are where there is nothing to take apart', async () => {
    expect(await completed({ text: '10.1000/y' })).to.deep.include({ text: '10.1000/y' });
  });
});
