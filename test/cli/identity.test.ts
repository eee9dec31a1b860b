import { execFile } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { Identity } from '../../node/identity/index.ts';
import { typed, type Typed } from './typed.ts';

const PASSPHRASE = 'sardine ladder comet violin';

describe('ngr identity', () => {
  let cwd: string;
  let node: string;
  beforeEach(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    ({ node } = await Identity.load(await made(join(cwd, 'identity.pem'))));
    await writeFile(join(cwd, 'passphrase'), `${PASSPHRASE}\r\nanother line\n`);
  });
  afterEach(() => rm(cwd, { recursive: true, force: true }));

  async function made(file: string): Promise<string> {
    await Identity.generate().save(file);
    return file;
  }
  const ngr = (words: string, given: Parameters<typeof typed>[1] = {}): Promise<Typed> =>
    typed(['identity', ...words.split(' ')], { cwd, ...given });

  it('exports the key under a passphrase, and puts it back where there is none', async () => {
    const out = await ngr('export key.pem --data . --passphrase-file passphrase');
    expect(out.stderr).to.equal('');
    expect(out.stdout).to.include(node);
    const text = await readFile(join(cwd, 'key.pem'), 'utf8');
    expect(text.split('\n')[0]).to.equal(`Key of the NGR node ${node}`);
    expect((await stat(join(cwd, 'key.pem'))).mode & 0o777).to.equal(0o600);
    const back = await ngr('import key.pem --data new/data --json', { env: { NGR_PASSPHRASE: PASSPHRASE } });
    expect(JSON.parse(back.stdout)).to.deep.equal({ node, file: join(cwd, 'new/data/identity.pem') });
    expect((await Identity.load(join(cwd, 'new/data/identity.pem'))).node).to.equal(node);
  });

  it('writes what OpenSSL reads, with as many iterations as are told', async function () {
    await ngr('export key.pem --data . --passphrase-file passphrase');
    const pem = await readFile(join(cwd, 'key.pem'), 'utf8');
    expect(createPrivateKey({ key: pem, passphrase: PASSPHRASE }).asymmetricKeyType).to.equal('ed25519');
    const run = promisify(execFile);
    const tool = await run('openssl', ['asn1parse', '-strictpem', '-in', join(cwd, 'key.pem')]).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      },
    );
    if (tool === undefined) this.skip();
    // 600,000
    expect(tool.stdout).to.include(':0927C0').and.include('PBKDF2').and.include('aes-256-cbc');
    const read = await run('openssl', [
      'pkey',
      '-in',
      join(cwd, 'key.pem'),
      '-passin',
      `pass:${PASSPHRASE}`,
      '-noout',
      '-text',
    ]);
    expect(read.stdout).to.match(/ED25519/i);
  });

  it('asks for the passphrase, twice where it is new, and shows nothing of it', async () => {
    const out = await ngr('export key.pem --data .', { input: `${PASSPHRASE}\n${PASSPHRASE}\n` });
    expect(out).to.include({ exitCode: 0 });
    expect(out.stderr).to.include('Passphrase: ').and.include('Once more: ').and.not.include('sardine');
    const back = await ngr('import key.pem --data new', { input: `${PASSPHRASE}\n` });
    expect(back).to.include({ exitCode: 0 });
    for (const [input, code] of [
      [`${PASSPHRASE}\n${PASSPHRASE}x\n`, 'PASSPHRASE_TWICE'],
      ['short\nshort\n', 'PASSPHRASE_SHORT'],
      ['', 'INPUT_ENDED'],
    ] as const) {
      const refused = await ngr('export other.pem --data . --json', { input });
      expect(refused.exitCode).to.equal(2);
      expect(refused.stderr).to.include(`"code":"${code}"`);
    }
  });

  it('refuses what would overwrite a key or read none', async () => {
    await ngr('export key.pem --data . --passphrase-file passphrase');
    const file = '--passphrase-file passphrase';
    for (const [words, code, exitCode] of [
      [`export key.pem --data . ${file}`, 'FILE_EXISTS', 1],
      [`export other.pem --data nowhere ${file}`, 'NO_KEY', 3],
      [`export other.pem --data . --passphrase-file nowhere`, 'FILE_UNREADABLE', 3],
      [`import key.pem --data . ${file}`, 'KEY_EXISTS', 1],
      [`import nowhere.pem --data new ${file}`, 'FILE_UNREADABLE', 3],
      [`import identity.pem --data new ${file}`, 'IDENTITY_NO_KEY', 1],
      [`import key.pem --data new --passphrase-file key.pem`, 'IDENTITY_PASSPHRASE', 1],
    ] as const) {
      const { stderr, exitCode: ended } = await ngr(`${words} --json`);
      expect(stderr, words).to.include(`"code":"${code}"`);
      expect(ended, words).to.equal(exitCode);
    }
    expect((await Identity.load(join(cwd, 'identity.pem'))).node).to.equal(node);
  });
});
