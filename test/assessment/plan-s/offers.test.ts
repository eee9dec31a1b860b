import { expect } from 'chai';
import { Offers } from '../../../node/assessment/index.ts';
import { metadataStatement } from '../../../node/assessment/plan-s/metadata-statement.ts';
import type { Section } from '../../../node/store/index.ts';
import { MemoryDisk } from '../../federation/faults/memory-disk.ts';
import { silentLog } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import { until } from '../../support/until.ts';

const ADDRESS = 'https://r.example/oai';
const CC0 = 'http://creativecommons.org/publicdomain/zero/1.0/';
const HOUR_MS = 60 * 60_000;

const answer = (inside: string): string =>
  `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-01-01T00:00:00Z</responseDate><request>${ADDRESS}</request>${inside}</OAI-PMH>`;
const identify = (...descriptions: string[]): string =>
  answer(
    `<Identify><repositoryName>R</repositoryName>${descriptions.map((one) => `<description>${one}</description>`).join('')}</Identify>`,
  );
const manifest = (appliesTo: string, ref: string): string =>
  `<rightsManifest xmlns="http://www.openarchives.org/OAI/2.0/rights/" appliesTo="http://www.openarchives.org/OAI/2.0/entity#${appliesTo}"><rights><rightsReference ref="${ref}"/></rights></rightsManifest>`;
const eprints = (inside: string): string =>
  `<eprints xmlns="http://www.openarchives.org/OAI/1.1/eprints">${inside}</eprints>`;
const formats = answer(
  '<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix><schema>s</schema><metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace></metadataFormat></ListMetadataFormats>',
);

describe('what a repository says of the rights in its metadata', () => {
  const cases: readonly [what: string, text: string, isCc0: boolean | undefined][] = [
    ['a manifest for metadata', identify(manifest('metadata', CC0)), true],
    [
      'a manifest for metadata with another licence',
      identify(manifest('metadata', 'https://creativecommons.org/licenses/by-nc/4.0/')),
      false,
    ],
    ['a manifest for contents', identify(manifest('resource', CC0)), undefined],
    [
      'a policy in words',
      identify(eprints('<metadataPolicy><text>All metadata are under CC0.</text></metadataPolicy>')),
      true,
    ],
    [
      'a policy that asks for permission',
      identify(eprints('<metadataPolicy><text>Not for profit only.</text></metadataPolicy>')),
      false,
    ],
    ['a policy of data', identify(eprints(`<dataPolicy><URL>${CC0}</URL></dataPolicy>`)), undefined],
    [
      'both, one of them CC0',
      identify(
        eprints('<metadataPolicy><text>See there.</text></metadataPolicy>'),
        manifest('metadata', CC0),
      ),
      true,
    ],
    ['nothing', identify(), undefined],
    ['no XML', 'Not here', undefined],
    ['XML that breaks off', identify(manifest('metadata', CC0)).slice(0, 300), undefined],
  ];
  for (const [what, text, isCc0] of cases)
    it(`is read of ${what}`, () => {
      expect(metadataStatement(text)?.isCc0).to.equal(isCc0);
    });

  it('is kept short', () => {
    const long = identify(eprints(`<metadataPolicy><text>${'CC0 '.repeat(1_000)}</text></metadataPolicy>`));
    expect(metadataStatement(long)?.text).to.have.length(500);
  });
});

describe('what an endpoint offers', () => {
  let clock: TestClock;
  let section: Section;
  let asked: string[];
  let isUp: boolean;
  let offers: Offers;

  const open = async (): Promise<void> => {
    offers = await Offers.open({
      endpoints: [{ name: 'repository', address: ADDRESS }],
      section,
      clock,
      log: silentLog,
      fetch: async (address) => {
        asked.push(address);
        if (!isUp) throw new Error('nobody there');
        const text = address.includes('Identify') ? identify(manifest('metadata', CC0)) : formats;
        return new Response(text, { headers: { 'content-type': 'text/xml' } });
      },
    });
    offers.start();
  };
  /** So much time passes, in steps; everybody does what is due. */
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= HOUR_MS) {
      clock.advance(Math.min(left, HOUR_MS));
      for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
  };

  beforeEach(async () => {
    clock = new TestClock();
    section = new MemoryDisk(() => undefined).open().section('plan-s');
    asked = [];
    isUp = true;
    await open();
  });
  afterEach(() => offers.stop());

  it('is asked for a minute after the start, and once a day', async () => {
    expect(asked).to.deep.equal([]);
    await pass(60_000);
    await until('it is known', () => offers.all.length === 1);
    expect(offers.all[0]?.offer).to.deep.include({
      formats: [{ prefix: 'oai_dc', namespace: 'http://www.openarchives.org/OAI/2.0/oai_dc/' }],
      statement: { isCc0: true, text: CC0 },
    });
    expect(asked).to.have.length(2);
    await pass(20 * HOUR_MS);
    expect(asked).to.have.length(2);
    await pass(5 * HOUR_MS);
    await until('it is asked again', () => asked.length === 4);
  });

  it('is known after a restart, and asked for again after an hour where there was no answer', async () => {
    isUp = false;
    await pass(60_000);
    expect(offers.all).to.deep.equal([]);
    isUp = true;
    await pass(HOUR_MS + 1);
    await until('it is known', () => offers.all.length === 1);
    await offers.stop();
    await open();
    expect(offers.all).to.have.length(1);
  });
});
