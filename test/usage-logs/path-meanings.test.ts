import { expect } from 'chai';
import { presets } from '../../protocols/access-log/index.ts';
import { PathMeanings } from '../../node/usage-logs/path-meanings.ts';
import { RecentMap } from '../../node/usage-logs/recent-map.ts';

describe('what the paths of a log mean', () => {
  it('is found out once, until the records change', async () => {
    let asked = 0;
    const finder = {
      generation: 1,
      find: (lists: readonly (readonly string[])[]) => {
        asked += lists.length;
        return Promise.resolve(
          lists.map((names) => (names.includes('oai:*:1') ? { key: 'k' } : ('unknown' as const))),
        );
      },
    };
    const meanings = new PathMeanings({
      finder,
      rules: presets.eprints,
      areRulesTrusted: true,
      siteUrl: undefined,
    });
    expect(meanings.known('/1/')).to.equal(undefined);
    const page = { key: 'k', kind: 'investigation' };
    expect(await meanings.find(['/1/', '/x.css', '/2/3/a.pdf'])).to.deep.equal([page, 'no-item', 'unknown']);
    expect(meanings.known('/1/')).to.deep.equal(page);
    expect(meanings.known('/x.css')).to.equal('no-item');
    expect(meanings.known('/2/3/a.pdf')).to.equal('unknown');
    expect(asked, 'only what may be an item').to.equal(2);
    finder.generation = 2;
    expect(meanings.known('/1/')).to.equal(undefined);
  });

  it('is not kept where the records change while it is found out', async () => {
    const finder = {
      generation: 1,
      find: (lists: readonly (readonly string[])[]) => {
        finder.generation += 1;
        return Promise.resolve(lists.map(() => 'unknown' as const));
      },
    };
    const meanings = new PathMeanings({
      finder,
      rules: presets.eprints,
      areRulesTrusted: true,
      siteUrl: undefined,
    });
    meanings.known('/1/');
    await meanings.find(['/1/']);
    expect(meanings.known('/1/')).to.equal(undefined);
  });
});

describe('a map of what was used last', () => {
  it('keeps what is used, and is bounded', () => {
    const map = new RecentMap<number>();
    map.set('kept', 1);
    for (let n = 0; n < 300_000; n += 1) {
      map.set(`/path/${n}`, n);
      if (n % 10_000 === 0) expect(map.get('kept')).to.equal(1);
    }
    expect(map.get('/path/0')).to.equal(undefined);
    expect(map.get('/path/299999')).to.equal(299_999);
    map.clear();
    expect(map.get('kept')).to.equal(undefined);
  });
});
