import { expect } from 'chai';
import { Blocks } from '../../../node/analysis/duplicates/blocks.ts';
import { moveInBlocks } from '../../../node/analysis/duplicates/candidates.ts';
import { placeOf } from '../../../node/analysis/duplicates/entry.ts';
import { pairUp } from '../../../node/analysis/duplicates/pairing.ts';
import { Postings } from '../../../node/analysis/duplicates/postings.ts';
import { Register } from '../../../node/analysis/duplicates/register.ts';
import { profileRows } from '../../../node/analysis/duplicates/resolving.ts';
import { Roll } from '../../../node/analysis/duplicates/roll.ts';
import { Rows } from '../../../node/analysis/duplicates/rows.ts';
import { workProfile, type WorkProfile } from '../../../vocab/same-work/index.ts';
import { isTombstone } from '../../../vocab/record.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';
import { aHolding, keyOf } from './driven-duplicates.ts';

const LIMIT = 200;

/** Of records with much the same title, by the same author. */
function profileOf(n: number): WorkProfile {
  const holding = aHolding(n, {
    titles: [{ value: `Change number ${n} of the catalogue` }],
    creators: [{ name: 'Doe, Jane', kind: 'person' }],
    published: '2026',
    identifiers: [],
  });
  if (isTombstone(holding)) throw new TypeError('it is a record');
  return workProfile(holding);
}

/** Profiles in memory: that nothing has to be waited for, and how many were looked at without a turn for others. */
class WatchedProfiles extends Rows<WorkProfile> {
  readonly #profiles: ReadonlyMap<string, WorkProfile>;
  #looks = 0;
  allLooks = 0;
  mostLooks = 0;

  constructor(profiles: ReadonlyMap<string, WorkProfile>, test: TestCatalogue) {
    super(test.store.section('none'), { ...profileRows, keyOf: () => undefined });
    this.#profiles = profiles;
  }

  override load(): Promise<void> {
    return Promise.resolve();
  }

  override stored(record: string): WorkProfile | undefined {
    this.#looks += 1;
    this.allLooks += 1;
    this.mostLooks = Math.max(this.mostLooks, this.#looks);
    return this.#profiles.get(record);
  }

  override get(record: string): WorkProfile | undefined {
    return this.stored(record);
  }

  turn(): void {
    this.#looks = 0;
  }
}

describe('duplicates: a record that makes a block too large', () => {
  let test: TestCatalogue;
  beforeEach(async () => {
    test = await aCatalogue();
  });
  afterEach(() => test.close());

  it('lets others have their turns while all in it are compared anew', async () => {
    const known = Array.from({ length: LIMIT + 1 }, (_, n) => profileOf(n));
    const [register, postings] = [new Register(), new Postings()];
    for (const [n, profile] of known.slice(0, LIMIT).entries()) {
      const { outline, blocks } = placeOf(profile);
      register.enter(n, keyOf(n), outline);
      for (const block of blocks) postings.add(block, n);
    }
    const profiles = new WatchedProfiles(new Map(known.map((profile, n) => [keyOf(n), profile])), test);
    const where = { roll: new Roll(register), blocks: new Blocks(postings, LIMIT), profiles };
    const last = known.at(-1);
    const moves = where.roll.move([{ record: keyOf(LIMIT), from: undefined, to: last && placeOf(last) }]);
    const { touched } = moveInBlocks(moves, where);
    expect(touched.size).to.equal(LIMIT + 1);

    const immediate = (): void => {
      profiles.turn();
      next = setImmediate(immediate);
    };
    let next = setImmediate(immediate);
    await pairUp(moves, touched, where);
    clearImmediate(next);
    expect(profiles.allLooks).to.be.above(10_000);
    expect(profiles.mostLooks).to.be.at.most(2_000);
  });
});
