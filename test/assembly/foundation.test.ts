import { mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { layFoundation } from '../../node/assembly/foundation.ts';
import { Started } from '../../node/assembly/started.ts';
import { systemClock } from '../../node/clock.ts';
import { resolveConfig } from '../../node/config/index.ts';
import { apiToken } from '../../node/run-files.ts';
import { silentLog } from '../support/test-catalogue.ts';

describe('what a node stands on', () => {
  let data: string;
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'ngr-test-'));
  });
  afterEach(() => rm(data, { recursive: true, force: true }));

  /** Lays it and takes it away again. @returns the node's id */
  async function laid(): Promise<string> {
    const config = resolveConfig({ env: {}, flags: { data, sample: 'false' }, cwd: data });
    const { onStop, stop } = new Started(silentLog);
    const running = { clock: systemClock, log: silentLog, offline: true, onStop, onLost: () => undefined };
    try {
      return (await layFoundation(config, running)).identity.node;
    } finally {
      await stop();
    }
  }

  it('is no new key where records were signed with one that is missing, as after a restore', async () => {
    const node = await laid();
    await rename(join(data, 'identity.pem'), join(data, 'kept'));
    const error = await laid().catch((cause: unknown) => cause);
    expect(error).to.include({ code: 'IDENTITY_MISSING' });
    expect(await readdir(data)).to.not.include('identity.pem');
    await rename(join(data, 'kept'), join(data, 'identity.pem'));
    expect(await laid()).to.equal(node);
  });

  it('is ended in the opposite order, whatever one of the parts throws', async () => {
    const ended: number[] = [];
    const { onStop, stop } = new Started(silentLog);
    onStop(() => void ended.push(1));
    onStop(() => {
      throw new Error('at once');
    });
    onStop(() => Promise.reject(new Error('later')));
    onStop(() => void ended.push(2));
    await stop();
    await stop();
    expect(ended).to.deep.equal([2, 1]);
  });

  it('has one token for its manager, also where a full disk had left an empty file', async () => {
    await writeFile(join(data, 'api-token'), '');
    const token = await apiToken(data);
    expect(token).to.have.length(43);
    expect(await apiToken(data)).to.equal(token);
    expect((await stat(join(data, 'api-token'))).mode & 0o077).to.equal(0);
  });
});
