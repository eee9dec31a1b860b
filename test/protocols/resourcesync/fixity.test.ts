import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { ResourceSyncError, sha256Of } from '../../../protocols/resourcesync/index.ts';
import { Fixity } from '../../../protocols/resourcesync/fixity.ts';

const bytes = Buffer.from('what is served');
const digest = (algorithm: string, encoding: 'hex' | 'base64url' | 'base64' = 'hex'): string =>
  createHash(algorithm).update(bytes).digest(encoding);

function verdict(told: ConstructorParameters<typeof Fixity>[0], recoded = false): string {
  const fixity = new Fixity(told);
  fixity.add(bytes.subarray(0, 5));
  fixity.add(bytes.subarray(5));
  try {
    fixity.check('urn:x', recoded);
    return 'fits';
  } catch (error) {
    return error instanceof ResourceSyncError ? error.code : String(error);
  }
}

describe('what a list tells of bytes', () => {
  const cases: readonly (readonly [
    name: string,
    told: ConstructorParameters<typeof Fixity>[0],
    verdict: string,
  ])[] = [
    ['nothing', {}, 'fits'],
    ['their length', { length: bytes.length }, 'fits'],
    ['another length', { length: 1 }, 'RESOURCESYNC_WRONG_LENGTH'],
    ['their SHA-256', { hash: { 'sha-256': digest('sha256') } }, 'fits'],
    ['their SHA-256 in capitals', { hash: { 'sha-256': digest('sha256').toUpperCase() } }, 'fits'],
    [
      'their SHA-256 in base64url, as in example 27',
      { hash: { 'sha-256': digest('sha256', 'base64url') } },
      'fits',
    ],
    ['their SHA-256 in base64', { hash: { 'sha-256': digest('sha256', 'base64') } }, 'fits'],
    ['their MD5', { hash: { md5: digest('md5') } }, 'fits'],
    ['their SHA-1', { hash: { 'sha-1': digest('sha1') } }, 'fits'],
    [
      'another MD5',
      { hash: { md5: digest('md5').replace(/^./, (c) => (c === '0' ? '1' : '0')) } },
      'RESOURCESYNC_WRONG_HASH',
    ],
    [
      'their MD5 and another SHA-256: the better one counts',
      { hash: { md5: digest('md5'), 'sha-256': '0'.repeat(64) } },
      'RESOURCESYNC_WRONG_HASH',
    ],
    [
      'their SHA-256 and another length: the digest counts',
      { hash: { 'sha-256': digest('sha256') }, length: 1 },
      'fits',
    ],
    ['a digest that is none: the length counts', { hash: { 'sha-256': 'x' }, length: bytes.length }, 'fits'],
    ['a digest by a method that nobody knows', { hash: { crc32: 'ffffffff' } }, 'fits'],
  ];
  for (const [name, told, expected] of cases) {
    it(`${name}: ${expected}`, () => {
      expect(verdict(told)).to.equal(expected);
    });
  }

  it('is not their length where a content coding was taken off on the way', () => {
    expect(verdict({ length: 1 }, true)).to.equal('fits');
    expect(verdict({ hash: { md5: '0'.repeat(32) } }, true)).to.equal('RESOURCESYNC_WRONG_HASH');
    expect(verdict({ hash: { md5: '0'.repeat(32) }, encoding: 'gzip' }, true)).to.equal('fits');
  });

  it('gives a SHA-256 for a file, if there is one', () => {
    expect(sha256Of({ hash: { 'sha-256': digest('sha256', 'base64url') } })).to.equal(digest('sha256'));
    expect(sha256Of({ hash: { md5: digest('md5') } })).to.equal(undefined);
    expect(sha256Of({})).to.equal(undefined);
  });
});
