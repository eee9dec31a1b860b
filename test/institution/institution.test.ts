import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Institution, InstitutionError, LOGO_BYTES } from '../../node/institution/index.ts';
import { openStore, type Store } from '../../node/store/index.ts';
import { TestClock } from '../support/test-clock.ts';
import { aJpeg, aPng, aWebp } from './pictures.ts';

const defaults = { name: 'University of Wyreford', contact: 'repository@wyreford.example' };
const repository = { name: 'Wyreford Research', url: 'https://research.wyreford.example/' };

describe('the institution', () => {
  let clock: TestClock;
  let directory: string;
  let store: Store;
  let institution: Institution;

  const open = (configured: { name: string; contact?: string } = defaults): Promise<Institution> =>
    Institution.open({ section: store.section('institution'), defaults: configured, clock });
  beforeEach(async () => {
    clock = new TestClock();
    directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    store = await openStore(directory);
    institution = await open();
  });
  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  });

  const refusal = async (doing: Promise<unknown>): Promise<string | undefined> =>
    doing.then(
      () => undefined,
      (error: unknown) => {
        if (!(error instanceof InstitutionError)) throw error;
        return error.code;
      },
    );

  it('is as it is configured, as long as nothing is written', () => {
    expect(institution.document).to.deep.equal({ ...defaults, names: {}, repositories: [] });
    expect([institution.version, institution.updated, institution.logo]).to.deep.equal([
      0,
      undefined,
      undefined,
    ]);
  });

  it('says what was written, after a restart too', async () => {
    clock.advance(1_000);
    await institution.change(
      { name: 'Wyreford', names: { fr: 'Université de Wyreford' }, repositories: [repository] },
      { version: 0 },
    );
    const { document } = institution;
    expect(document).to.deep.include({ name: 'Wyreford', contact: defaults.contact });
    expect(document.repositories).to.deep.equal([repository]);
    const again = await open();
    expect(again.document).to.deep.equal(document);
    expect([again.version, again.updated]).to.deep.equal([1, clock.now()]);
  });

  it('goes on following the configuration in what is written as it is configured', async () => {
    await institution.change({ ...defaults, region: 'North' }, { version: 0 });
    const moved = await open({ name: 'University of Wyreford and Overwyre' });
    expect(moved.document).to.deep.equal({
      name: 'University of Wyreford and Overwyre',
      names: {},
      region: 'North',
      repositories: [],
    });
  });

  it('lets the second of two managers know that there was a first', async () => {
    const outcomes = await Promise.all([
      refusal(institution.change({ region: 'North' }, { version: 0 })),
      refusal(institution.change({ region: 'South' }, { version: 0 })),
    ]);
    expect(outcomes).to.deep.equal([undefined, 'INSTITUTION_CHANGED']);
    expect(institution.document.region).to.equal('North');
    await institution.change({ region: 'South' }, { version: 1 });
    expect(institution.version).to.equal(2);
  });

  it('takes the same again without a change, as of who got no answer', async () => {
    await institution.change({ region: 'North' }, { version: 0 });
    await institution.change({ region: 'North', names: {}, repositories: [] }, { version: 0 });
    expect(institution.version).to.equal(1);
  });

  it('counts a first word that says nothing, so that repositories are not offered again', async () => {
    await institution.change({}, { version: 0 });
    expect(institution.version).to.equal(1);
  });

  it('tells who listens, as long as they do', async () => {
    const names: string[] = [];
    const end = institution.onChange(() => names.push(institution.document.name));
    await institution.change({ name: 'One' }, { version: 0 });
    await refusal(institution.change({ name: 'Other' }, { version: 0 }));
    end();
    await institution.change({ name: 'Two' }, { version: 1 });
    expect(names).to.deep.equal(['One']);
  });

  it('has one logo, which is gone when another one comes', async () => {
    const first = await institution.setLogo(aPng(300, 100));
    const second = await institution.setLogo(aWebp(10, 10));
    expect(first.version).to.not.equal(second.version);
    const again = await open();
    expect(again.logo).to.deep.equal(second);
    const keys: string[] = [];
    for await (const [key] of store.section('institution').iterator()) keys.push(key);
    expect(keys).to.deep.equal(['logo']);
    await again.removeLogo();
    await again.removeLogo();
    expect([again.logo, (await open()).logo]).to.deep.equal([undefined, undefined]);
  });

  const refused: [string, Uint8Array, string][] = [
    ['nothing', new Uint8Array(), 'LOGO_NONE'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'LOGO_KIND'],
    ['half a picture', aJpeg().subarray(0, 30), 'LOGO_DAMAGED'],
    ['a wide picture', aPng(2_001, 10), 'LOGO_SIZE'],
    ['a high picture', aJpeg(10, 2_001), 'LOGO_SIZE'],
    ['a large file', Buffer.concat([aPng(), Buffer.alloc(LOGO_BYTES)]), 'LOGO_BYTES'],
  ];
  for (const [what, bytes, code] of refused)
    it(`does not take ${what} for a logo, and keeps the one before`, async () => {
      const { version } = await institution.setLogo(aPng(2_000, 2_000));
      expect(await refusal(institution.setLogo(bytes))).to.equal(code);
      expect(institution.logo?.version).to.equal(version);
    });
});
