import { expect } from 'chai';
import fc from 'fast-check';
import { nearest } from '../../node/config/nearest.ts';

describe('the name that was meant', () => {
  const names = ['harvest', 'http', 'host', 'sources', 'sample'];

  it('is the one with the fewest slips, swapped letters counting as one, in either case', () => {
    expect(nearest('sorces', names)).to.equal('sources');
    expect(nearest('HTTP', names)).to.equal('http');
    expect(nearest('hsot', names, 1)).to.equal('host');
  });

  it('is none where all differ too much', () => {
    expect(nearest('zzzzz', names)).to.equal(undefined);
    expect(nearest('', names)).to.equal(undefined);
  });

  it('is a name itself, and one from which a letter was left out', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{4,12}$/), fc.nat(), (name, at) => {
        expect(nearest(name, [name, 'q'])).to.equal(name);
        const i = at % name.length;
        expect(nearest(name.slice(0, i) + name.slice(i + 1), [name])).to.equal(name);
      }),
      { seed: 1 },
    );
  });
});
