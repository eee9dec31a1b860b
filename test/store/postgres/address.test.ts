import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { inSchema, isPostgresUrl, postgresAddress } from '../../../node/store/postgres/index.ts';

describe('the URL of a store on PostgreSQL', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    await writeFile(join(folder, 'password'), 'p@ss word\n');
    await writeFile(join(folder, 'ca.pem'), 'the certificate');
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  function refusal(url: string): { code: string; message: string } {
    try {
      postgresAddress(url);
    } catch (error) {
      return error as { code: string; message: string };
    }
    throw new Error('it was taken');
  }

  it('says where, who and in which schema', () => {
    const url = 'postgres://ngr:s%40cret@db.example.edu:6432/library?schema=faculty_1';
    expect(postgresAddress(url)).to.deep.equal({
      host: 'db.example.edu',
      port: 6432,
      user: 'ngr',
      database: 'library',
      password: 's@cret',
      ssl: false,
      schema: 'faculty_1',
      shown: 'postgres://ngr@db.example.edu:6432/library?schema=faculty_1',
    });
    expect(postgresAddress('postgresql://[2001:db8::1]/x')).to.include({
      host: '2001:db8::1',
      port: 5432,
      schema: 'ngr',
    });
    expect(postgresAddress('postgres:///x?host=/run/postgresql')).to.include({
      host: '/run/postgresql',
      database: 'x',
    });
    expect(postgresAddress('postgres://localhost/x').password).to.equal(undefined);
  });

  it('is told from a folder, and leads to the schema beside it', () => {
    expect(
      ['postgres://h/d', 'POSTGRESQL://h/d', './postgres', '/srv/postgres'].map(isPostgresUrl),
    ).to.deep.equal([true, true, false, false]);
    expect(postgresAddress(inSchema('postgres://h/d', 'sample')).schema).to.equal('ngr_sample');
    expect(postgresAddress(inSchema('postgres://h/d?schema=a&sslmode=require', 'sample'))).to.deep.include({
      schema: 'a_sample',
      ssl: { rejectUnauthorized: false },
    });
  });

  it('takes the password from a file, each time', async () => {
    const { password, shown } = postgresAddress(`postgres://ngr@h/d?passwordFile=${folder}/password`);
    if (typeof password !== 'function') throw new TypeError('it is read later');
    expect(await password()).to.equal('p@ss word');
    await writeFile(join(folder, 'password'), 'another');
    expect(await password()).to.equal('another');
    expect(shown).to.include('passwordFile').and.not.include('another');
  });

  it('has TLS as libpq has', () => {
    const tls = (parameters: string): unknown => postgresAddress(`postgres://h/d?${parameters}`).ssl;
    expect(tls('sslmode=disable')).to.equal(false);
    expect(tls('sslmode=require')).to.deep.equal({ rejectUnauthorized: false });
    expect(tls('sslmode=verify-full')).to.deep.equal({});
    expect(tls(`sslmode=verify-ca&sslrootcert=${folder}/ca.pem`))
      .to.include({ ca: 'the certificate' })
      .and.have.property('checkServerIdentity');
  });

  it('is refused with what is wrong, and without the password', () => {
    for (const [rest, words] of [
      ['h/d?sslmod=require', 'sslmod'],
      ['h/d?sslmode=maybe', 'maybe'],
      ['h/d?sslmode=verify-ca', 'sslrootcert'],
      [`h/d?sslmode=verify-full&sslrootcert=${folder}/none.pem`, 'ENOENT'],
      ['h/d?schema=a;b', 'a;b'],
      ['h:port/d', 'no URL'],
    ]) {
      const { code, message } = refusal(`postgres://ngr:topsecret@${rest}`);
      expect(code).to.equal('STORE_BAD_URL');
      expect(message).to.include(words).and.not.include('topsecret');
    }
  });
});
