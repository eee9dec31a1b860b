import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { filesOfLog } from '../../node/usage-logs/log-files.ts';

describe('the files of a log', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ngr-log-files-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Writes the files, each an hour younger than the one before. */
  async function write(...names: string[]): Promise<void> {
    for (const [i, name] of names.entries()) {
      await writeFile(join(folder, name), 'x');
      await utimes(join(folder, name), 1_000_000 + i * 3_600, 1_000_000 + i * 3_600);
    }
  }
  const found = async (name: string): Promise<string[]> =>
    (await filesOfLog(join(folder, name))).files.map((file) => file.name + (file.isCurrent ? '*' : ''));

  it('are those that it was rotated to by any custom, oldest first', async () => {
    const rotated = [
      'access.log.3.gz',
      'access.log-20261118.gz',
      'access-20261119.log',
      'access.log.2026-11-20',
      'access.log.1',
    ];
    await write(...rotated, 'access.log', 'access.log.old');
    expect(await found('access.log')).to.deep.equal([...rotated, 'access.log*', 'access.log.old']);
  });

  it('are not those of other logs, nor hidden ones', async () => {
    await write(
      'access.log',
      'ssl_access.log',
      'access.log.d',
      'error.log',
      'access_other.log',
      '.access.log.swp',
      'access.logx',
    );
    expect(await found('access.log')).to.deep.equal(['access.log*']);
  });

  it('are all that a star stands for', async () => {
    await write(
      'localhost_access_log.2026-11-19.txt',
      'localhost_access_log.2026-11-20.txt',
      'localhost.2026-11-20.log',
    );
    expect(await found('localhost_access_log.*.txt')).to.deep.equal([
      'localhost_access_log.2026-11-19.txt*',
      'localhost_access_log.2026-11-20.txt*',
    ]);
  });

  it('are told apart from those that are packed otherwise', async () => {
    await write('access.log', 'access.log.1.xz', 'access.log.2.bz2', 'other.log.1.xz');
    expect((await filesOfLog(join(folder, 'access.log'))).unreadable.toSorted()).to.deep.equal([
      'access.log.1.xz',
      'access.log.2.bz2',
    ]);
  });
});
