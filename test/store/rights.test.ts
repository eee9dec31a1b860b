import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { apiToken } from '../../node/run-files.ts';
import { makeDirectory } from '../../node/store/index.ts';

describe('the data directory', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ngr-rights-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is open to the node’s user alone, where the node makes it', async () => {
    const data = join(folder, 'srv', 'ngr-data');
    await makeDirectory(data);
    for (const made of [data, join(folder, 'srv')])
      expect((await stat(made)).mode & 0o777, made).to.equal(0o700);
  });

  it('has a token that nobody else reads', async () => {
    await apiToken(folder);
    expect((await stat(join(folder, 'api-token'))).mode & 0o777).to.equal(0o600);
  });
});
