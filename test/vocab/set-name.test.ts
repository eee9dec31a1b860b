import { expect } from 'chai';
import { nameOfHexSet } from '../../vocab/set-name.ts';

const hex = (text: string): string => Buffer.from(text).toString('hex').toUpperCase();

describe('the name of a set that EPrints names in hexadecimal', () => {
  it('is field and value, with those of the sets above', () => {
    expect(nameOfHexSet('7375626A656374733D48:4845')).to.equal('subjects = H: HE');
    expect(nameOfHexSet(hex('divisions=Bücherei'))).to.equal('divisions = Bücherei');
    expect(nameOfHexSet(hex('type=article').toLowerCase())).to.equal('type = article');
  });

  it('is none of others', () => {
    for (const spec of ['theses', 'cafe', '2020', hex('subjects'), `${hex('type=a')}:theses`]) {
      expect(nameOfHexSet(spec), spec).to.equal(undefined);
    }
  });

  it('is none where the digits are no text', () => {
    for (const spec of [
      `${hex('type=')}FF`,
      `${hex('type=')}00`,
      `${hex('type=')}E280AE`,
      `${hex('type=')}4`,
    ]) {
      expect(nameOfHexSet(spec), spec).to.equal(undefined);
    }
  });
});
