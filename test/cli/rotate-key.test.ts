import { expect } from 'chai';
import type { RotateKey } from '../../node/cli/surroundings.ts';
import { typed } from './typed.ts';

describe('ngr rotate-key', () => {
  const asked: { isLost: boolean; data: string }[] = [];
  const rotateKey: RotateKey = ({ data }, { isLost }) => {
    asked.push({ isLost, data });
    return Promise.resolve({ from: 'a', to: 'b', ...(!isLost && { kept: 'identity-2026-11-21.pem' }) });
  };
  beforeEach(() => asked.splice(0));

  it('tells the new id, where the former key is, and what comes next', async () => {
    const { exitCode, stdout } = await typed(['rotate-key', '--data', '/data'], { rotateKey });
    expect(exitCode).to.equal(0);
    expect(asked).to.deep.equal([{ isLost: false, data: '/data' }]);
    expect(stdout).to.include('The node is b from now on. It was a.');
    expect(stdout).to.include('identity-2026-11-21.pem').and.include('signed anew');
  });

  it('tells of the waiting where the key is lost, also as JSON', async () => {
    expect((await typed(['rotate-key', '--lost'], { rotateKey })).stdout).to.include('for a day');
    const { stdout } = await typed(['rotate-key', '--lost', '--json'], { rotateKey });
    expect(JSON.parse(stdout)).to.deep.equal({ from: 'a', to: 'b' });
    expect(asked.map(({ isLost }) => isLost)).to.deep.equal([true, true]);
  });
});
