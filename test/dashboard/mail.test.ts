import { expect } from 'chai';
import { Letters, Mailer } from '../../node/mail/index.ts';
import { aSite, type TestSite } from '../http/support/a-site.ts';
import { aMailServer, bodyOf, headersOf, type TestMailServer } from '../support/a-mail-server.ts';
import { silentLog } from '../support/test-catalogue.ts';
import { aVisitor, PASSWORD, tidied, Visitor } from './visitor.ts';

const BASE = 'https://node.example';
const ANA = 'administrator@example.edu';

describe('the letters of the dashboard', () => {
  let server: TestMailServer;
  let site: TestSite;
  let letters: Letters;
  let mailer: Mailer;

  beforeEach(async () => {
    server = await aMailServer();
    const { port, ca } = server;
    mailer = new Mailer({
      settings: { host: '127.0.0.1', port, secure: 'starttls', from: 'node@wyreford.example', ca },
      name: 'Wyreford',
    });
    letters = new Letters({ mailer, site: { base: BASE, name: 'Wyreford' }, log: silentLog });
    site = await aSite({ base: BASE, parts: { letters } });
  });
  afterEach(async () => {
    mailer.stop();
    await letters.settled();
    await server.close();
    await site.close();
  });

  const inviting = (visitor: Visitor, lang = 'en'): Promise<string> =>
    visitor
      .submit(`/dashboard/people/invite?lang=${lang}`, {
        mail: 'bea@example.edu',
        name: 'Bea\r\nBcc: evil@example.org',
        role: 'standard',
      })
      .then(async (answer) => tidied(await answer.text()));

  it('bring an invitation, in the language of the page, whose link is good', async () => {
    const visitor = await aVisitor(site, 'administrator');
    const page = await inviting(visitor, 'pt');
    expect(page)
      .to.include('O convite foi enviado para bea@example.edu.')
      .and.not.include('invitation?code=');
    const letter = await server.next();
    expect(letter.to).to.deep.equal(['bea@example.edu']);
    expect(Object.fromEntries(headersOf(letter))['Subject']).to.equal('Convite para Wyreford');
    const [, path = ''] = /https:\/\/node\.example(\S+)/.exec(bodyOf(letter)) ?? [];
    expect((await new Visitor(site).get(path)).status).to.equal(200);
  });

  it('show the link where they do not go off', async () => {
    const visitor = await aVisitor(site, 'administrator');
    await server.close();
    const page = await inviting(visitor);
    expect(page).to.include('The letter could not be sent');
    const [, code = ''] = /invitation\?code=([\w-]+)/.exec(page) ?? [];
    expect((await new Visitor(site).get(`/dashboard/invitation?code=${code}`)).status).to.equal(200);
  });

  it('bring a link for a new password, good once; the answer is the same where there is no account', async () => {
    const visitor = await aVisitor(site, 'administrator');
    const stranger = new Visitor(site);
    const ask = async (mail: string): Promise<string> => {
      const answer = await stranger.send('/dashboard/forgotten', { mail });
      expect(answer.status).to.equal(200);
      return await answer.text();
    };
    expect(await ask(ANA)).to.equal(await ask('nobody@example.edu'));
    const letter = await server.next();
    expect(letter.to).to.deep.equal([ANA]);
    const [, path = '', code = ''] =
      /https:\/\/node\.example(\/dashboard\/new-password\?code=([\w-]{43}))\r?\n/.exec(bodyOf(letter)) ?? [];
    expect(await stranger.page(path)).to.include(ANA);
    const weak = await stranger.send('/dashboard/new-password', { code, password: 'short' });
    expect([weak.status, weak.headers.has('set-cookie')]).to.deep.equal([400, false]);
    const password = 'another good password';
    const done = await stranger.send('/dashboard/new-password', { code, password });
    expect(await done.text()).to.include('The password was set');
    expect((await stranger.send('/dashboard/new-password', { code, password })).status).to.equal(410);
    expect((await stranger.get(path)).status).to.equal(410);
    expect((await visitor.get('/dashboard')).status).to.equal(303);
    expect((await stranger.send('/dashboard/login', { mail: ANA, password: PASSWORD })).status).to.equal(403);
    expect((await stranger.send('/dashboard/login', { mail: ANA, password })).status).to.equal(303);
    expect(Object.fromEntries(headersOf(await server.next()))['Subject']).to.equal(
      'Your password for Wyreford was changed',
    );
    expect(server.letters).to.have.length(2);
    const log = (await site.accounts.audit.read({ limit: 10 })).map(({ action }) => action);
    expect(log).to.include.members(['account.forgotten', 'account.reset']);
  });

  it('are not asked for without end', async () => {
    await aVisitor(site, 'administrator');
    const stranger = new Visitor(site);
    const statuses: number[] = [];
    for (let i = 0; i < 11; i++)
      statuses.push((await stranger.send('/dashboard/forgotten', { mail: ANA })).status);
    expect(statuses).to.deep.equal([...Array.from({ length: 10 }, () => 200), 429]);
    await letters.settled();
    expect(server.letters).to.have.length(3);
  });

  it('tell a person that her password was changed', async () => {
    const visitor = await aVisitor(site, 'administrator');
    await visitor.submit('/dashboard/account/password?lang=es', {
      present: PASSWORD,
      next: 'another good password',
    });
    const letter = await server.next();
    expect(letter.to).to.deep.equal([ANA]);
    expect(Object.fromEntries(headersOf(letter))['Subject']).to.equal('Se cambió su contraseña de Wyreford');
  });

  it('are refused with what is no address, from another site, or a link that is none', async () => {
    const stranger = new Visitor(site);
    for (const mail of ['', 'ana', 'a@b.c\nBcc: d@e.f', '"><script>', 'x'.repeat(5_000)])
      expect((await stranger.send('/dashboard/forgotten', { mail })).status, mail).to.equal(400);
    const foreign = { origin: 'https://evil.example' };
    for (const path of ['/dashboard/forgotten', '/dashboard/new-password'])
      expect((await stranger.send(path, { mail: ANA, code: 'x' }, foreign)).status).to.equal(403);
    for (const code of ['', 'x', '../../', 'x'.repeat(2_000)]) {
      const path = `/dashboard/new-password?code=${encodeURIComponent(code)}`;
      expect((await stranger.get(path)).status).to.equal(410);
      expect((await stranger.send('/dashboard/new-password', { code, password: PASSWORD })).status).to.equal(
        410,
      );
    }
    expect(server.letters).to.deep.equal([]);
  });

  it('are not offered where the node has no mail server', async () => {
    await site.close();
    site = await aSite({ base: BASE });
    await aVisitor(site, 'administrator');
    const stranger = new Visitor(site);
    expect(await stranger.page('/dashboard/login')).to.not.include('/dashboard/forgotten');
    expect(await stranger.page('/dashboard/forgotten')).to.include('This node sends no mail');
    const asked = await stranger.send('/dashboard/forgotten', { mail: ANA });
    expect(await asked.text()).to.not.include('a letter is on its way');
  });
});
