import { expect } from 'chai';
import { RECORD_FORMATS } from '../../node/http/records/formats.ts';
import { Identity } from '../../node/identity/index.ts';
import { recordKey } from '../../vocab/record-key.ts';
import { aPut } from '../support/builders.ts';
import { aCatalogue } from '../support/test-catalogue.ts';
import { aSite, BROWSER, type TestSite } from './support/a-site.ts';

const BASE = 'https://node.example';
const [former, present] = [Identity.generate(), Identity.generate()];
const keyAt = ({ node }: Identity, n: number): string => recordKey(node, `oai:repository.example:${n}`);

/** A node that goes on under another key (docs/identity.md). */
describe('records under the keys that they had before their node had another', () => {
  let site: TestSite;
  before(async () => {
    const before = await aCatalogue({ identity: former, base: BASE });
    await before.catalogue.put([aPut(1), aPut(2)]);
    await before.catalogue.put([
      { type: 'withdraw', oaiIdentifier: 'oai:repository.example:2', reason: 'Retracted' },
    ]);
    await before.leave();
    const { directory } = before;
    site = await aSite({
      base: BASE,
      catalogue: { directory, identity: present, predecessors: [former.node] },
    });
    await site.put();
  });
  after(() => site.close());

  async function expectLed(n: number, rest: string, headers: Record<string, string> = {}): Promise<void> {
    const response = await site.get(`/records/${keyAt(former, n)}${rest}`, headers);
    expect(response.status, rest).to.equal(308);
    expect(response.headers.get('location')).to.equal(`${BASE}/records/${keyAt(present, n)}${rest}`);
  }

  for (const { name, types } of RECORD_FORMATS) {
    it(`lead to the present ones as ${name}`, async () => {
      await expectLed(1, `?format=${name}`);
      await expectLed(1, '', { accept: types[0] });
      const there = await site.get(`/records/${keyAt(present, 1)}?format=${name}`);
      expect(there.status).to.equal(200);
    });
  }

  for (const part of ['linkset', 'related', 'duplicates', 'citations']) {
    it(`lead to the present ones with their ${part}, for programs and for people`, async () => {
      await expectLed(1, `/${part}`);
      await expectLed(1, `/${part}`, { accept: BROWSER });
      const there = await site.get(`/records/${keyAt(present, 1)}/${part}`, { accept: 'application/json' });
      expect(there.status).to.equal(200);
    });
  }

  it('keep what else was asked', async () => {
    await expectLed(1, '/related?limit=3&format=jsonld');
    await expectLed(1, '/citations?direction=citedBy&lang=es', { accept: BROWSER });
  });

  it('lead to the tombstone of what was withdrawn', async () => {
    await expectLed(2, '');
    expect((await site.get(`/records/${keyAt(present, 2)}`)).status).to.equal(410);
  });

  it('are no keys of what never was', async () => {
    for (const rest of ['', '?format=html', '/linkset', '/related', '/duplicates', '/citations']) {
      const response = await site.get(`/records/${keyAt(former, 3)}${rest}`);
      expect(response.status, rest).to.equal(404);
    }
  });
});
