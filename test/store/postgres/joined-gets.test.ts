import { expect } from 'chai';
import { JoinedGets } from '../../../node/store/postgres/joined-gets.ts';

const key = (text: string): Buffer => Buffer.from(text);

describe('gets that are joined', () => {
  it('ask once for what is wanted at once, and again for what is wanted then', async () => {
    const asked: string[][] = [];
    const gets = new JoinedGets((keys) => {
      asked.push(keys.map(String));
      return Promise.resolve(
        keys.filter((one) => String(one) !== 'none').map((one) => [one, key(`of ${String(one)}`)]),
      );
    });
    const twoSteps = async (name: string): Promise<string[]> => {
      const [first] = await gets.get([key(name)]);
      const [second] = await gets.get([key(`${String(first)} then`)]);
      return [String(first), String(second)];
    };
    const [a, b, [none]] = await Promise.all([twoSteps('a'), twoSteps('b'), gets.get([key('none')])]);
    expect([a, b, none]).to.deep.equal([['of a', 'of of a then'], ['of b', 'of of b then'], undefined]);
    expect(asked).to.deep.equal([
      ['a', 'b', 'none'],
      ['of a then', 'of b then'],
    ]);
  });

  it('give everybody bytes of their own', async () => {
    const gets = new JoinedGets((keys) => Promise.resolve(keys.map((one) => [one, key('value')])));
    const [[first], [second]] = await Promise.all([gets.get([key('a')]), gets.get([key('a')])]);
    first?.fill(0);
    expect(String(second)).to.equal('value');
  });

  it('fail for everybody who asked, and not for those who ask later', async () => {
    let fails = true;
    const gets = new JoinedGets((keys) =>
      fails ? Promise.reject(new Error('away')) : Promise.resolve(keys.map((one) => [one, one])),
    );
    const outcomes = await Promise.allSettled([gets.get([key('a')]), gets.get([key('b')])]);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
    fails = false;
    expect(await gets.get([key('a')])).to.deep.equal([key('a')]);
  });
});
