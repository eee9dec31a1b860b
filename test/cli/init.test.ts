import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadConfig } from '../../node/config/index.ts';
import { typed, type Typed } from './typed.ts';

const PEER = '/ip4/192.0.2.1/tcp/4001/p2p/12D3KooWQYhTNQdmr3ArTeUHRYzFg94BKyTkoWBDWez9kSCVe2Xo';

const IDENTIFY = `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
  <responseDate>2026-01-01T00:00:00Z</responseDate>
  <request verb="Identify">http://localhost/oai</request>
  <Identify>
    <repositoryName>Wyreford Research Archive</repositoryName>
    <baseURL>http://localhost/oai</baseURL>
    <protocolVersion>2.0</protocolVersion>
    <adminEmail>open-research@wyreford.example</adminEmail>
    <earliestDatestamp>2001-01-01T00:00:00Z</earliestDatestamp>
    <deletedRecord>persistent</deletedRecord>
    <granularity>YYYY-MM-DDThh:mm:ssZ</granularity>
  </Identify>
</OAI-PMH>`;

const AS_INSTALLED = IDENTIFY.replace(
  /<adminEmail>.*<\/adminEmail>/,
  '<adminEmail>root@localhost</adminEmail><adminEmail>library@wyreford.example</adminEmail>',
);

describe('ngr init', () => {
  let cwd: string;
  let server: Server;
  let oai: string;
  before(async () => {
    server = createServer((request, response) => {
      if (request.url?.startsWith('/oai?verb=Identify'))
        response.setHeader('content-type', 'text/xml').end(IDENTIFY);
      else if (request.url?.startsWith('/oai-as-installed?verb=Identify'))
        response.setHeader('content-type', 'text/xml').end(AS_INSTALLED);
      else response.writeHead(404).end('<html></html>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    oai = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oai`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'ngr-init-'));
  });
  afterEach(async () => {
    await rm(cwd, { recursive: true });
  });

  const init = (words: string[], input?: string): Promise<Typed> =>
    typed(['init', ...words], { cwd, ...(input !== undefined && { input }) });
  const written = async (): Promise<{ [name: string]: unknown }> =>
    JSON.parse(await readFile(join(cwd, 'ngr.config.json'), 'utf8')) as { [name: string]: unknown };

  it('asks five questions, with what the repository says of itself as answers', async () => {
    const answers = [oai, '', '', 'https://node.wyreford.example/', `uk ${PEER}`];
    const { exitCode, stdout, stderr } = await init([], `${answers.join('\n')}\n`);
    expect(exitCode).to.equal(0);
    expect(stderr).to.include('It answers: Wyreford Research Archive');
    for (let n = 1; n <= 5; n++) expect(stderr).to.include(`${n}/5 `);
    expect(await written()).to.deep.include({
      name: 'Wyreford Research Archive',
      contact: 'open-research@wyreford.example',
      baseUrl: 'https://node.wyreford.example/',
      networks: ['uk'],
      p2p: { bootstrap: [PEER] },
      sources: [{ type: 'oai-pmh', url: oai }],
    });
    expect(stdout).to.include('Start the node with "ngr start"');
  });

  it('offers no address of e-mail that it would refuse', async () => {
    const local = await init(['--yes', '--oai', `${oai}-as-installed`]);
    expect(local, local.stderr).to.include({ exitCode: 0 });
    expect(await written()).to.include({ contact: 'library@wyreford.example' });
    const { stderr } = await init(['--force'], `${oai}-as-installed\n\n\n\n\n`);
    expect(stderr).to.include('[library@wyreford.example]').and.not.include('root@localhost');
  });

  it('asks again where an answer will not do, and says why', async () => {
    const { exitCode, stderr } = await init([], '\nArchive\nnobody\na@b.example\nx\n\nno/network\n\n');
    expect(exitCode).to.equal(0);
    expect(stderr.match(/3\/5/g)).to.have.length(2);
    expect(stderr).to.include('It has to be an e-mail address.');
    expect(stderr.match(/4\/5/g)).to.have.length(2);
    expect(stderr.match(/5\/5/g)).to.have.length(2);
  });

  it('asks nothing with --yes, and takes flags before what the repository says', async () => {
    const { exitCode } = await init(['--yes', '--oai', oai, '--name', 'W', '--network', 'uk', '--data', 'd']);
    expect(exitCode).to.equal(0);
    const config = await written();
    expect(config).to.deep.include({
      name: 'W',
      contact: 'open-research@wyreford.example',
      networks: ['uk'],
      data: 'd',
    });
    expect(config['$schema']).to.match(/\/ngr\.config\.schema\.json$/);
  });

  it('writes a file that the node reads', async () => {
    await init(['--yes']);
    const config = await loadConfig({ env: {}, flags: {}, cwd });
    expect(config).to.deep.equal(
      await loadConfig({ env: {}, flags: {}, cwd: tmpdir() }).then((preset) => ({
        ...preset,
        data: join(cwd, 'ngr-data'),
      })),
    );
  });

  it('warns of a repository that does not answer, and writes the file all the same', async () => {
    const { exitCode, stderr } = await init(['--yes', '--oai', oai.replace('/oai', '/none')]);
    expect(exitCode).to.equal(0);
    expect(stderr).to.match(/Warning: .+status 404/);
    expect(await written()).to.have.property('sources');
  });

  it('takes the domain for a name where the repository tells none, and warns where there is none', async () => {
    const gone = ['--yes', '--force', '--oai', 'https://www.repository.invalid/oai'];
    expect((await init(gone)).exitCode).to.equal(0);
    expect(await written()).to.include({ name: 'repository.invalid' });
    await init(['--yes', '--force', '--base-url', 'https://node.example.edu']);
    expect(await written()).to.include({ name: 'node.example.edu' });
    expect((await init(['--yes', '--force'])).stderr).to.include('has no name of its own');
  });

  it('asks for a name until there is one', async () => {
    const { stderr } = await init([], ['', '', 'Universidade', '', '', ''].join('\n') + '\n');
    expect(stderr).to.include('it should say who you are');
    expect(await written()).to.include({ name: 'Universidade' });
  });

  it('never overwrites without --force, and says so before it asks', async () => {
    await writeFile(join(cwd, 'ngr.config.json'), '{"name":"mine"}');
    const { exitCode, stderr } = await init([]);
    expect(exitCode).to.equal(1);
    expect(stderr).to.include('--force').and.to.include('[FILE_EXISTS]');
    expect(await written()).to.deep.equal({ name: 'mine' });
    expect((await init(['--yes', '--force'])).exitCode).to.equal(0);
    expect(await written()).not.to.have.property('name');
  });

  it('refuses a flag that will not do, and writes nothing', async () => {
    const { exitCode, stderr } = await init(['--yes', '--base-url', 'node.example']);
    expect(exitCode).to.equal(2);
    expect(stderr).to.include('"baseUrl" is "node.example"');
    expect(await written().catch(() => 'nothing')).to.equal('nothing');
  });

  it('says what to do where nobody answers', async () => {
    const { exitCode, stderr } = await init([], '\n\n');
    expect(exitCode).to.equal(2);
    expect(stderr).to.include('--yes').and.to.include('[INPUT_ENDED]');
    expect(await written().catch(() => 'nothing')).to.equal('nothing');
  });

  it('makes the key of a private network, and keeps the one that is there', async () => {
    const { exitCode, stdout } = await init(['--yes', '--private-network']);
    expect(exitCode).to.equal(0);
    expect(stdout).to.include('needs a copy of swarm.key');
    const file = join(cwd, 'swarm.key');
    const key = await readFile(file, 'utf8');
    expect(key).to.match(/^\/key\/swarm\/psk\/1\.0\.0\/\n\/base16\/\n[0-9a-f]{64}\n$/);
    expect((await stat(file)).mode & 0o077).to.equal(0);
    expect((await loadConfig({ env: {}, flags: {}, cwd })).p2p.privateNetworkKey).to.equal(file);
    const again = await init(['--yes', '--force', '--private-network', 'swarm.key']);
    expect(again.stdout).not.to.include('copy');
    expect(await readFile(file, 'utf8')).to.equal(key);
  });
});
