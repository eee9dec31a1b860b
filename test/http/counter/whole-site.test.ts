import { expect } from 'chai';
import { aPut } from '../../support/builders.ts';
import { counterSchema } from '../../support/counter-schema.ts';
import { aSite, type TestSite } from '../support/a-site.ts';
import { WORLD, type Report } from './counter-site.ts';

const DAY_MS = 86_400_000;
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

describe('COUNTER reports of a node', () => {
  let site: TestSite;
  beforeEach(async () => {
    site = await aSite();
  });
  afterEach(() => site.close());

  it('tell what its counting counted, when the month is over', async () => {
    const [key = ''] = await site.put(aPut(1));
    const time = site.clock.now();
    const month = new Date(time).toISOString().slice(0, 7);
    await site.usage.record({ key, kind: 'request', time, address: '192.0.2.1', userAgent: AGENT });
    const query = `${WORLD}&begin_date=${month}&end_date=${month}`;
    expect((await site.get(`/counter/r51/reports/ir?${query}`)).status).to.equal(400);
    site.clock.advance(31 * DAY_MS);
    const early = (await (await site.get(`/counter/r51/reports/ir?${query}`)).json()) as Report;
    expect(early.Report_Header.Exceptions?.map(({ Code }) => Code)).to.deep.equal([3031]);
    expect(early.Report_Items).to.deep.equal([]);
    const pr = (await (await site.get(`/counter/r5/status`)).json()) as object[];
    expect(pr[0]).to.have.property('Service_Active', true);
    counterSchema()?.('schemas/IR', early);
  });
});
