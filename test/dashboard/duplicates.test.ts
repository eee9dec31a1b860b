import { expect } from 'chai';
import type { HarvestedRecord } from '../../node/catalogue/index.ts';
import { ReviewQueue } from '../../node/http/works/review-queue.ts';
import { aSite, type TestSite } from '../http/support/a-site.ts';
import { aPut } from '../support/builders.ts';
import { silentLog } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';
import { aVisitor, type Visitor } from './visitor.ts';

/** Of one work beyond doubt, and of one work as it seems. */
const sure: Partial<HarvestedRecord> = {
  titles: [{ value: 'Harvesting open repositories without an aggregator <i>' }],
  publishedDoi: '10.1000/harvest',
};
const likely: Partial<HarvestedRecord> = {
  titles: [{ value: 'Metadata quality in the institutional repositories of the Andes' }],
};

describe('the duplicates in the dashboard', () => {
  let site: TestSite;
  let visitor: Visitor;
  let own: string[];
  let theirs: string[];
  beforeEach(async () => {
    site = await aSite();
    own = await site.put(aPut(1, sure), aPut(2, likely), aPut(3, { titles: [{ value: 'Nothing alike' }] }));
    const peer = await site.peer('Universidad Andina', 'https://andina.example');
    theirs = await site.follow(peer, aPut(1, sure), aPut(2, likely));
    visitor = await aVisitor(site, 'advanced');
  });
  afterEach(() => site.close());

  const say = (one: string, other: string, says: string, path = ''): Promise<Response> =>
    visitor.submit(`/dashboard/duplicates${path}`, { one, other, says, which: 'all', page: '1' });

  it('stand side by side, the least certain first, with what speaks for and against it', async () => {
    const page = await visitor.page('/dashboard/duplicates');
    expect(page).to.include('Pairs to look through: 2.').and.include('the same title');
    expect(page.indexOf('Metadata quality')).to.be.lessThan(page.indexOf('Harvesting open'));
    expect(page.match(/class="pair"/g)).to.have.length(2);
    expect(page).to.include('aggregator &lt;i&gt;').and.not.include('aggregator <i>');
    expect(page).to.include('Universidad Andina').and.not.include('Nothing alike');
    expect(await visitor.page('/dashboard/duplicates?which=within')).to.include(
      'There is nothing to look through.',
    );
    expect(await visitor.page('/dashboard/duplicates?which=across')).to.include('Pairs to look through: 2.');
    expect((await visitor.get('/dashboard/duplicates?which=lost')).status).to.equal(400);
    expect((await visitor.get('/dashboard/duplicates?page=9999')).status).to.equal(400);
  });

  it('are told apart, or held together, which holds at once, and can be taken back', async () => {
    const [, mine = ''] = own;
    const [, other = ''] = theirs;
    const done = await say(mine, other, 'different');
    expect([done.status, done.headers.get('location')]).to.deep.equal([
      303,
      '/dashboard/duplicates?which=all&page=1',
    ]);
    expect(await site.parts.duplicates.copiesOf(mine)).to.deep.equal([]);
    expect(await visitor.page('/dashboard/duplicates')).to.include('Pairs to look through: 1.');
    const said = await visitor.page('/dashboard/duplicates/said');
    expect(said).to.include('These records are not of the same work:').and.include('Metadata quality');
    const back = await visitor.submit('/dashboard/duplicates/take-back', { one: mine, other });
    expect(back.status).to.equal(303);
    expect(await site.parts.duplicates.copiesOf(mine)).to.deep.equal([other]);
    const again = await visitor.submit('/dashboard/duplicates/take-back', { one: mine, other });
    expect(again.status).to.equal(404);
    expect(await again.text()).to.include('That has been taken back already.');
    expect(await visitor.page('/dashboard/audit')).to.match(
      new RegExp(`took back what was said of records</td><td>${mine} \\? ${other}.*<td>${mine} ≠ ${other}<`),
    );
  });

  it('can be said of any two records, by any of their names, and not against what was said', async () => {
    const [one = '', , three = ''] = own;
    const named = await say(
      'oai:repository.example:3',
      `https://node.example/records/${one}`,
      'same',
      '/said',
    );
    expect(named.headers.get('location')).to.equal('/dashboard/duplicates/said');
    expect(await site.parts.duplicates.copiesOf(three)).to.include(one);
    expect((await say(one, one, 'same', '/said')).status).to.equal(400);
    expect((await say(one, 'nothing', 'same', '/said')).status).to.equal(404);
    expect((await say(one, three, 'perhaps', '/said')).status).to.equal(400);
    const [other = ''] = theirs;
    await say(one, other, 'same');
    expect((await say(three, other, 'different')).status).to.equal(409);
  });

  it('are decided by nobody without the right', async () => {
    const standard = await aVisitor(site, 'standard');
    expect(await standard.page('/dashboard/duplicates')).to.not.include('name="says"');
    expect(await standard.page('/dashboard/duplicates/said')).to.not.include('name="says"');
    const [one = ''] = own;
    const [other = ''] = theirs;
    const answer = await standard.submit('/dashboard/duplicates', { one, other, says: 'different' });
    expect(answer.status).to.equal(403);
    expect(site.parts.statements.count).to.equal(0);
  });

  it('leave out records that are gone since', async () => {
    const [one = ''] = own;
    expect(await visitor.page('/dashboard/duplicates')).to.include('Harvesting open');
    await visitor.submit('/dashboard/records/withdraw', { record: one, reason: 'Not ours' });
    expect(await visitor.page('/dashboard/duplicates')).to.not.include('Harvesting open');
  });
});

describe('the review queue', () => {
  const clock = new TestClock();
  const keys = Array.from({ length: 2_500 }, (_, i) => `own${String(i).padStart(4, '0')}`);
  let walks = 0;
  const queue = new ReviewQueue({
    self: 'node',
    clock,
    log: silentLog,
    index: {
      common: (_sets, { after, limit }) => {
        if (after === undefined) walks += 1;
        const from = after === undefined ? 0 : Number(after) + 1;
        const members = keys.slice(from, from + limit).map((key, i) => ({ key, place: String(from + i) }));
        return Promise.resolve({ members: members as never });
      },
    },
    duplicates: {
      // Each is linked to a record elsewhere, the later the less certain, and the first two to one another.
      linksOf: (some) =>
        Promise.resolve(
          some.map((key) => {
            const n = keys.indexOf(key);
            const links = new Map([[`other${n}`, 5_000 - n]]);
            if (n < 2) links.set(keys[1 - n] ?? '', 1);
            return links;
          }),
        ),
    },
  });

  it('has the weakest links of all own records, each once, and walks over them once in a while', async () => {
    const pairs = await queue.pairs();
    expect(pairs).to.have.length(1_000);
    expect(pairs[0]).to.deep.equal({ records: ['own0000', 'own0001'], bits: 1, isWithin: true });
    expect(pairs[1]).to.deep.equal({ records: ['own2499', 'other2499'], bits: 2_501, isWithin: false });
    expect(pairs.slice(1).every(({ bits }, i) => bits === 2_501 + i)).to.equal(true);
    await queue.pairs();
    expect(walks).to.equal(1);
    clock.advance(600_000);
    expect(await queue.pairs()).to.equal(pairs);
    expect(walks).to.equal(2);
  });
});
