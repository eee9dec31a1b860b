import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  Backups,
  restoreBackup,
  verifyBackups,
  writeBackup,
  type BackupOptions,
  type BackupResult,
} from '../../node/backup/index.ts';
import { Manifests, type Manifest } from '../../node/backup/manifest.ts';
import { Identity } from '../../node/identity/index.ts';
import { FORMAT, openStore, type Database } from '../../node/store/index.ts';
import { aPut } from '../support/builders.ts';
import { silentLog } from '../support/test-catalogue.ts';
import { until } from '../support/until.ts';
import { aNodeToBackUp, type NodeToBackUp } from './a-node-to-back-up.ts';
import { systemClock } from '../../node/clock.ts';

describe('a backup', () => {
  const test = aNodeToBackUp();
  const { source } = test;
  let node: NodeToBackUp['node'];
  let clock: NodeToBackUp['clock'];
  let folder: string;
  let target: string;
  beforeEach(async () => {
    ({ node, clock } = test);
    await node.catalogue.put(Array.from({ length: 160 }, (_, i) => aPut(i, { abstracts: [abstractOf(i)] })));
    [folder, target] = [join(test.place, 'backups'), join(test.place, 'restored')];
  });

  async function backUp(options: Partial<BackupOptions> = {}): Promise<BackupResult> {
    clock.advance(60_000);
    const { signal } = new AbortController();
    return await writeBackup(source(), { folder, isGentle: false, signal, ...options });
  }
  const files = async (below: string): Promise<string[]> =>
    (await readdir(join(folder, below), { recursive: true })).filter((name) => name.includes('.'));
  const refusal = async (doing: Promise<unknown>): Promise<unknown> =>
    await doing.then(
      () => undefined,
      (error: { code?: unknown }) => error.code,
    );
  const restored = async (): Promise<[string, string][]> => {
    const store = await openStore(target);
    const rows = await allRows(store.db);
    await store.close();
    return rows;
  };

  it('is restored to the same rows and files', async () => {
    await mkdir(join(node.directory, 'imports', 'lot'), { recursive: true });
    await writeFile(join(node.directory, 'imports', 'lot', 'a.pem'), Buffer.alloc(9_000_000, 'x'));
    await writeFile(join(node.directory, 'imports', 'empty.csv'), '');
    const before = await allRows(node.store.db);
    const result = await backUp();
    expect(result).to.include({ rows: before.length, files: 2, kept: 1 });
    const manifest = await restoreBackup({ folder, directory: target });
    expect(manifest).to.include({
      node: node.identity.node,
      rows: before.length,
      storeFormat: String(FORMAT),
    });
    expect(await restored()).to.deep.equal(before);
    expect((await readFile(join(target, 'imports', 'lot', 'a.pem'))).length).to.equal(9_000_000);
    expect(await readFile(join(target, 'imports', 'empty.csv'), 'utf8')).to.equal('');
  });

  it('holds neither the key nor tokens', async () => {
    for (const name of ['identity.pem', 'identity-2026-01-01.pem', 'api-token', 'swarm.key', 'node.json'])
      await writeFile(join(node.directory, name), 'secret');
    await writeFile(join(node.directory, 'identity-history.json'), '{}');
    await backUp();
    const [name = ''] = await new Manifests(folder).names();
    const manifest = await new Manifests(folder).read(name);
    expect(manifest.files.map(({ path }) => path)).to.deep.equal(['identity-history.json']);
  });

  it('is of one moment, whatever is written meanwhile', async () => {
    const before = await allRows(node.store.db);
    let written = 0;
    const backup = await backUp({
      progress: () => {
        // Between the first piece and the last.
        if (written++ === 0) void node.catalogue.put(Array.from({ length: 50 }, (_, i) => aPut(i)));
      },
    });
    await node.catalogue.put([aPut(1, { titles: [{ value: 'Another', language: 'en' }] })]);
    expect(backup.rows).to.equal(before.length);
    await restoreBackup({ folder, directory: target });
    expect(await restored()).to.deep.equal(before);
  });

  it('writes nothing again that is there, and little after a small change', async () => {
    const first = await backUp();
    expect(first.reused).to.equal(0);
    const same = await backUp();
    expect(same).to.include({ written: 0, reused: first.chunks, kept: 2 });
    await node.catalogue.put([aPut(7, { titles: [{ value: 'Revised', language: 'en' }] })]);
    const changed = await backUp();
    expect(changed.written).to.be.greaterThan(0);
    expect(changed.kept).to.equal(3);
    expect(await codesOfVerification()).to.deep.equal(['whole', 'whole', 'whole']);
  });

  it('stays while its number is kept, and its pieces with it', async () => {
    await backUp();
    await node.catalogue.put([aPut(7, { titles: [{ value: 'Revised', language: 'en' }] })]);
    await backUp();
    const both = (await files('chunks')).length;
    expect(await backUp({ keep: 1 })).to.include({ kept: 1, written: 0 });
    expect((await files('chunks')).length).to.be.lessThan(both);
    expect(await codesOfVerification()).to.deep.equal(['whole']);
  });

  it('that was broken off is none, and leaves nothing behind for long', async () => {
    const broken = new AbortController();
    const stopped = new Error('stopped');
    const progress = (): void => broken.abort(stopped);
    expect(await refusal(backUp({ signal: broken.signal, progress }))).to.equal(undefined);
    expect(await new Manifests(folder).names()).to.deep.equal([]);
    expect((await files('chunks')).length).to.be.greaterThan(0);
    await node.catalogue.put([aPut(1, { titles: [{ value: 'Another', language: 'en' }] })]);
    const { chunks } = await backUp();
    expect((await files('chunks')).length).to.be.at.most(chunks);
    expect(await codesOfVerification()).to.deep.equal(['whole']);
  });

  it('pauses as long as it works where others are to be served', async () => {
    const sleeps: number[] = [];
    const gentle = {
      ...systemClock,
      now: () => clock.now(),
      sleep: (ms: number) => (sleeps.push(ms), Promise.resolve()),
    };
    const { signal } = new AbortController();
    const { chunks } = await writeBackup(source({ clock: gentle }), { folder, isGentle: true, signal });
    expect(sleeps).to.have.length(chunks);
  });

  it('goes into no folder of something else', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'photo.jpg'), '');
    expect(await refusal(backUp())).to.equal('BACKUP_FOLDER_IN_USE');
    await rm(join(folder, 'photo.jpg'));
    await backUp();
    const other = source({ signer: Identity.generate() });
    const { signal } = new AbortController();
    expect(await refusal(writeBackup(other, { folder, isGentle: false, signal }))).to.equal(
      'BACKUP_OF_ANOTHER_NODE',
    );
    await writeFile(join(folder, '..', 'file'), '');
    expect(await refusal(backUp({ folder: join(folder, '..', 'file', 'x') }))).to.equal('BACKUP_FOLDER');
  });

  async function codesOfVerification(): Promise<string[]> {
    const codes: string[] = [];
    for await (const { error } of verifyBackups(folder)) codes.push(error?.code ?? 'whole');
    return codes;
  }

  describe('that was damaged', () => {
    for (const [what, damage] of [
      ['a byte of a piece', async (file: string) => writeFile(file, flipped(await readFile(file)))],
      ['the end of a piece', async (file: string) => writeFile(file, (await readFile(file)).subarray(0, -9))],
      ['a whole piece', (file: string) => rm(file)],
      ['a piece for another', async (file: string) => writeFile(file, await anotherPiece(file))],
    ] as const) {
      it(`is refused before anything is written: ${what}`, async () => {
        await backUp();
        const names = await files('chunks');
        await damage(join(folder, 'chunks', names.at(-1) ?? ''));
        expect(await codesOfVerification()).to.deep.equal(['BACKUP_DAMAGED']);
        expect(await refusal(restoreBackup({ folder, directory: target }))).to.equal('BACKUP_DAMAGED');
        expect(existsSync(target)).to.equal(false);
      });
    }

    async function anotherPiece(file: string): Promise<Buffer> {
      const other = (await files('chunks')).find((name) => !file.endsWith(name));
      return other === undefined ? Buffer.of() : await readFile(join(folder, 'chunks', other));
    }

    it('or changed in its list is refused, too', async () => {
      await backUp();
      const [name = ''] = await readdir(join(folder, 'manifests'));
      const file = join(folder, 'manifests', name);
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replace('"name":"Test"', '"name":"Tess"'));
      expect(await codesOfVerification()).to.deep.equal(['BACKUP_NOT_SIGNED']);
      await writeFile(file, text.slice(0, -20));
      expect(await codesOfVerification()).to.deep.equal(['BACKUP_DAMAGED']);
      expect(await refusal(restoreBackup({ folder, directory: target }))).to.equal('BACKUP_DAMAGED');
    });

    it('keeps nobody from the next, and loses none of its pieces', async () => {
      const first = await backUp();
      const [name = ''] = await new Manifests(folder).names();
      const file = join(folder, 'manifests', name);
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.slice(0, -20));
      await node.catalogue.put([aPut(7, { titles: [{ value: 'Revised', language: 'en' }] })]);
      const told: unknown[] = [];
      const onDamaged = ({ code }: { code: string }): void => void told.push(code);
      expect(await backUp({ keep: 2, onDamaged })).to.include({ kept: 2 });
      expect(told).to.deep.equal(['BACKUP_DAMAGED']);
      expect(await codesOfVerification()).to.deep.equal(['BACKUP_DAMAGED', 'whole']);
      await writeFile(file, text);
      expect(await codesOfVerification()).to.deep.equal(['whole', 'whole']);
      await writeFile(file, '');
      await backUp({ keep: 1 });
      expect((await files('chunks')).length).to.equal(first.chunks);
      expect(await codesOfVerification()).to.deep.equal(['whole']);
    });

    it('leaves the others usable', async () => {
      await backUp();
      const before = await allRows(node.store.db);
      await node.catalogue.put(Array.from({ length: 160 }, (_, i) => aPut(i)));
      await backUp();
      const [older = '', newer = ''] = await new Manifests(folder).names();
      const former = new Set((await new Manifests(folder).read(older)).chunks.map(({ digest }) => digest));
      const { chunks } = await new Manifests(folder).read(newer);
      const { digest = '' } = chunks.find((chunk) => !former.has(chunk.digest)) ?? {};
      await rm(join(folder, 'chunks', digest.slice(0, 2), `${digest}.gz`));
      expect(await codesOfVerification()).to.deep.equal(['whole', 'BACKUP_DAMAGED']);
      await restoreBackup({ folder, directory: target, at: older.replace('.json', '') });
      expect(await restored()).to.deep.equal(before);
    });
  });

  it('can be let be while it is read', async () => {
    await backUp();
    for (const step of ['verifying', 'restoring']) {
      const stopping = new AbortController();
      const progress = (at: { step: string }): void => {
        if (at.step === step) stopping.abort(Object.assign(new Error(), { code: 'STOPPED' }));
      };
      const { signal } = stopping;
      expect(await refusal(restoreBackup({ folder, directory: target, progress, signal }))).to.equal(
        'STOPPED',
      );
      expect(existsSync(join(target, 'store'))).to.equal(false);
    }
    const signal = AbortSignal.abort(Object.assign(new Error(), { code: 'STOPPED' }));
    expect(await refusal(verifyBackups(folder, { signal }).next())).to.equal('STOPPED');
  });

  describe('is not restored', () => {
    it('over data', async () => {
      await backUp();
      expect(await refusal(restoreBackup({ folder, directory: node.directory }))).to.equal(
        'BACKUP_TARGET_IN_USE',
      );
    });

    it('beside the key of another node', async () => {
      await backUp();
      const keyThere = Identity.generate().node;
      expect(await refusal(restoreBackup({ folder, directory: target, keyThere }))).to.equal(
        'BACKUP_OTHER_KEY',
      );
      expect(
        (await restoreBackup({ folder, directory: target, keyThere: node.identity.node })).name,
      ).to.equal('Test');
    });

    it('where there is none of the time', async () => {
      await backUp();
      expect(await refusal(restoreBackup({ folder, directory: target, at: '1999' }))).to.equal(
        'BACKUP_NOT_FOUND',
      );
      expect(await refusal(restoreBackup({ folder: target, directory: target }))).to.equal('BACKUP_FOLDER');
      await mkdir(target);
      expect(await refusal(restoreBackup({ folder: target, directory: target }))).to.equal(
        'BACKUP_NOT_FOUND',
      );
    });

    it('by an earlier version', async () => {
      await node.store.db.put('format', Buffer.from(String(FORMAT + 1)));
      await backUp();
      expect(await refusal(restoreBackup({ folder, directory: target }))).to.equal('BACKUP_TOO_NEW');
    });

    it('to places outside the data directory', async () => {
      await backUp();
      const manifests = new Manifests(folder);
      const [name = ''] = await manifests.names();
      const manifest = await manifests.read(name);
      for (const path of ['../evil', '/etc/evil', 'a/../../evil', 'a//b', 'a/./b', '', 'a\\b']) {
        const evil: Manifest = { ...manifest, files: [{ path, bytes: 0, chunks: [] }] };
        await manifests.write(evil, node.identity);
        expect(await refusal(restoreBackup({ folder, directory: target })), path).to.equal('BACKUP_DAMAGED');
      }
    });
  });

  describe('of a running node', () => {
    it('is written one at a time, and told of', async () => {
      const backups = new Backups({ ...source(), isGentle: false, log: silentLog });
      expect(backups.state()).to.deep.equal({});
      backups.start({ folder });
      expect(backups.state().running).to.include({ folder, rows: 0 });
      expect(() => backups.start({ folder }))
        .to.throw()
        .with.property('code', 'BACKUP_RUNNING');
      await until('the backup is whole', () => backups.state().running === undefined);
      expect(backups.state().last).to.include({ folder, kept: 1 });
      await backups.stop();
    });

    it('tells why it failed', async () => {
      await mkdir(folder);
      await writeFile(join(folder, 'photo.jpg'), '');
      const backups = new Backups({ ...source(), isGentle: false, log: silentLog });
      backups.start({ folder });
      await until('the backup has failed', () => backups.state().running === undefined);
      const { last } = backups.state();
      expect(last).to.have.nested.property('error.code', 'BACKUP_FOLDER_IN_USE');
    });

    it('ends with the node', async () => {
      const backups = new Backups({ ...source(), isGentle: true, log: silentLog });
      backups.start({ folder });
      await backups.stop();
      expect(backups.state().last).to.have.nested.property('error.code', 'BACKUP_STOPPED');
      expect(await new Manifests(folder).names()).to.deep.equal([]);
    });
  });
});

/** Words that do not compress away, so that there are several pieces. */
function abstractOf(n: number): { value: string; language: string } {
  let state = n + 1;
  const value = Array.from({ length: 1_500 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state.toString(36);
  }).join(' ');
  return { value, language: 'en' };
}

async function allRows(db: Database): Promise<[string, string][]> {
  const rows: [string, string][] = [];
  for await (const [key, value] of db.iterator()) rows.push([key, Buffer.from(value).toString('base64')]);
  return rows;
}

function flipped(bytes: Buffer): Buffer {
  const at = Math.floor(bytes.length / 2);
  const other = Buffer.from(bytes);
  other[at] = (other[at] ?? 0) ^ 1;
  return other;
}
