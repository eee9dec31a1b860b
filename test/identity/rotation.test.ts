import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Identity, readLineage, rotateKey, type Rotation } from '../../node/identity/index.ts';
import { pathBetween, SignatureVerifier, type Lineage } from '../../protocols/heads/index.ts';

const base = 'https://node.example';
const now = Date.UTC(2026, 10, 21);

describe('another key for a node', () => {
  let directory: string;
  let first: Identity;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ngr-key-'));
    first = await Identity.load(join(directory, 'identity.pem'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const rotate = (records = first.node, isLost = false): Promise<Rotation> =>
    rotateKey({ directory, records, base, isLost, now });
  const present = async (): Promise<Identity> => await Identity.load(join(directory, 'identity.pem'));
  const path = async (lineage: Lineage, to: string) =>
    await pathBetween(lineage, { from: first.node, to, base }, new SignatureVerifier());

  it('is named by the former one, which is kept', async () => {
    const done = await rotate();
    expect(done).to.deep.equal({
      from: first.node,
      to: (await present()).node,
      kept: 'identity-2026-11-21.pem',
    });
    const kept = join(directory, done.kept ?? '');
    expect((await Identity.load(kept)).node).to.equal(first.node);
    for (const file of [kept, join(directory, 'identity.pem')])
      expect((await stat(file)).mode & 0o077).to.equal(0);
    expect(await path(await readLineage(directory, done.to), done.to)).to.equal('signed');
  });

  it('may come again before the records are signed anew', async () => {
    await rotate();
    const { to, kept } = await rotate();
    expect(kept).to.equal('identity-2026-11-21-2.pem');
    expect(await path(await readLineage(directory, to), to)).to.equal('signed');
  });

  it('takes the place of one that is lost without its word', async () => {
    await rm(join(directory, 'identity.pem'));
    const code = await rotate().catch((error: unknown) => (error as { code: unknown }).code);
    expect(code).to.equal('IDENTITY_LOST');
    const { to, kept } = await rotate(first.node, true);
    expect(kept).to.equal(undefined);
    expect(await path(await readLineage(directory, to), to)).to.equal('replaced');
    const after = await rotate(first.node);
    expect(await path(await readLineage(directory, after.to), after.to)).to.equal('replaced');
  });

  it('is not named by a key that signed none of the records', async () => {
    const code = await rotate(Identity.generate().node).catch(
      (error: unknown) => (error as { code: unknown }).code,
    );
    expect(code).to.equal('IDENTITY_NOT_OF_RECORDS');
    expect((await present()).node).to.equal(first.node);
    expect(await readdir(directory)).to.deep.equal(['identity.pem']);
  });

  it('does not stand where it was broken off before the end', async () => {
    const before = await readFile(join(directory, 'identity.pem'));
    await rotate();
    await writeFile(join(directory, 'identity.pem'), before);
    expect(await readLineage(directory, first.node)).to.deep.equal({ successions: [], replaces: [] });
    const { to } = await rotate();
    const lineage = await readLineage(directory, to);
    expect(lineage.successions).to.have.length(1);
    expect(await path(lineage, to)).to.equal('signed');
  });
});
