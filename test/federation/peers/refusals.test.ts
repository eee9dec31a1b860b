import { expect } from 'chai';
import { cannotWrite } from '../../../node/catalogue/errors.ts';
import { isOfOwnStore } from '../../../node/federation/peers/refusals.ts';
import { StoreError } from '../../../node/store/index.ts';
import { NgrError } from '../../../vocab/errors.ts';

describe('a failure of this node’s own store', () => {
  const withCode = (code: string): Error => Object.assign(new Error(code), { code });

  it('is told from what another node sent', () => {
    expect(isOfOwnStore(withCode('LEVEL_IO_ERROR'))).to.equal(true);
    expect(isOfOwnStore(withCode('LEVEL_DATABASE_NOT_OPEN'))).to.equal(true);
    expect(isOfOwnStore(new StoreError('STORE_UNREACHABLE', 'gone'))).to.equal(true);
    expect(isOfOwnStore(new NgrError('FEED_BAD_SIGNATURE', 'forged'))).to.equal(false);
    expect(isOfOwnStore(withCode('ECONNRESET'))).to.equal(false);
    expect(isOfOwnStore(undefined)).to.equal(false);
  });

  it('is known where the catalogue tells of it', () => {
    expect(isOfOwnStore(cannotWrite(withCode('LEVEL_IO_ERROR')))).to.equal(true);
    expect(isOfOwnStore(cannotWrite(new StoreError('STORE_UNREACHABLE', 'gone')))).to.equal(true);
  });

  it('is none where the time of a signal is up, or it was aborted', () => {
    expect(isOfOwnStore(new DOMException('late', 'TimeoutError'))).to.equal(false);
    expect(isOfOwnStore(new DOMException('stopped', 'AbortError'))).to.equal(false);
  });
});
