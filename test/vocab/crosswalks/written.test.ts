import { expect } from 'chai';
import { crosswalkFor } from '../../../vocab/crosswalks/index.ts';
import type { Identifier, Record } from '../../../vocab/record.ts';
import { readXml } from '../../../vocab/xml/index.ts';
import { aRecord } from '../../support/builders.ts';

const id = 'https://node.example/records/abcdefghijklmnopqrst';

/** The identifier that a format gives to a record. */
function identifierIn(prefix: string, identifiers: Identifier[]): string | undefined {
  const record: Record = { ...aRecord({ identifiers }), id, node: '12D3KooW' };
  return readXml(crosswalkFor(prefix)?.write?.(record) ?? '<none/>').childText('identifier');
}

describe('the identifier of a record', () => {
  it('is a link in OpenAIRE, and plain in DataCite', () => {
    const handle = { scheme: 'handle', value: '20.500.1/5628' } as const;
    expect(identifierIn('oai_openaire', [handle])).to.equal('https://hdl.handle.net/20.500.1/5628');
    expect(identifierIn('datacite', [handle])).to.equal('20.500.1/5628');
  });

  for (const prefix of ['rioxx', 'rioxx2']) {
    it(`is never missing in ${prefix}: the repository's page, else the node's`, () => {
      const page = { scheme: 'url', value: 'https://repository.example/1' } as const;
      expect(identifierIn(prefix, [page])).to.equal(page.value);
      expect(identifierIn(prefix, [])).to.equal(id);
    });
  }
});
