import { expect } from 'chai';
import { within } from '../../node/usage-logs/time-limit.ts';

describe('a time limit', () => {
  const path = `/${'a'.repeat(1_998)}!`;

  it('lets what is done in time come to something', () => {
    expect(within(60_000, () => /(a+)!$/.exec(path) ?? [])?.[1]).to.equal(path.slice(1, -1));
  });

  for (const endless of [/^\/(a+)+$/, /^\/(?:a|a)*$/, /(?=(a+)+b)a/, /.*.*.*.*.*b/])
    it(`ends ${endless}, and what comes behind it is done`, () => {
      expect(within(20, () => [endless.exec(path)])).to.equal(undefined);
      expect(within(60_000, () => ['done'])).to.deep.equal(['done']);
    });

  it('hides no error', () => {
    const broken = (): never => {
      throw new RangeError('broken');
    };
    expect(() => within(60_000, broken)).to.throw(RangeError, 'broken');
  });
});
