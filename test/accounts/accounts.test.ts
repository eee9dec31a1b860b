import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Accounts, may, rights, roles, type LoggedIn, type Role } from '../../node/accounts/index.ts';
import { openStore, type Store } from '../../node/store/index.ts';
import { silentLog } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';

const PASSWORD = 'correct horse battery';
const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

describe('accounts', () => {
  let clock: TestClock;
  let directory: string;
  let store: Store;
  let accounts: Accounts;

  beforeEach(async () => {
    clock = new TestClock();
    directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    await open();
  });
  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  });

  async function open(): Promise<void> {
    store = await openStore(directory);
    accounts = await Accounts.open({ section: store.section('accounts'), clock, log: silentLog });
  }

  async function restart(): Promise<void> {
    await store.close();
    await open();
  }

  /** Somebody with an account. @returns her id, and the cookie that she has at once */
  async function aPerson(
    name: string,
    role: Role = 'standard',
  ): Promise<{ id: string; mail: string; cookie: string }> {
    const mail = `${name.toLowerCase()}@example.edu`;
    const { secret } = await accounts.invite({ mail, name, role });
    const cookie = await accounts.accept(secret, { name, password: PASSWORD });
    const id = accounts.people.find((person) => person.mail === mail)?.id ?? '';
    return { id, mail, cookie };
  }

  async function codeOf(work: () => unknown): Promise<unknown> {
    try {
      await work();
      return undefined;
    } catch (error) {
      return (error as { code?: unknown }).code;
    }
  }

  const login = (mail: string, password = PASSWORD, from = '192.0.2.1'): Promise<string> =>
    accounts.login({ mail, password, from });

  it('begin with an invitation, and are there after a restart', async () => {
    expect(accounts.isEmpty).to.equal(true);
    const { id, mail, cookie } = await aPerson('Ana', 'administrator');
    await restart();
    expect(accounts.isEmpty).to.equal(false);
    expect(accounts.people).to.deep.equal([
      { id, mail, name: 'Ana', role: 'administrator', since: clock.now(), logins: [], hasPassword: true },
    ]);
    expect((await accounts.ofCookie(cookie))?.person.id).to.equal(id);
    expect((await accounts.ofCookie(await login(' ANA@example.edu ')))?.person.id).to.equal(id);
  });

  it('keep no secret that could be used', async () => {
    const { id, cookie } = await aPerson('Ana', 'administrator');
    const { secret: link } = await accounts.invite({ mail: 'b@example.edu', name: 'B', role: 'standard' });
    const { secret: token } = await accounts.makeToken(id, { name: 'script', days: 1 });
    const kept: string[] = [];
    for await (const [key, value] of store.section('accounts').iterator())
      kept.push(key + Buffer.from(value).toString('latin1'));
    const all = kept.join('\n');
    for (const secret of [PASSWORD, cookie, link, token]) expect(all).to.not.include(secret);
    expect(all).to.include('$argon2id$');
  });

  describe('of the invited', () => {
    it('are taken once', async () => {
      const { secret } = await accounts.invite({ mail: 'a@example.edu', name: 'A', role: 'standard' });
      const both = await Promise.allSettled([
        accounts.accept(secret, { name: 'A', password: PASSWORD }),
        accounts.accept(secret, { name: 'A', password: PASSWORD }),
      ]);
      expect(both.map(({ status }) => status).toSorted()).to.deep.equal(['fulfilled', 'rejected']);
      expect(accounts.people).to.have.length(1);
      expect(await codeOf(() => accounts.invitationOf(secret))).to.equal('ACCOUNT_INVITATION_GONE');
    });

    it('are not taken too late, nor when the invitation was taken back or made anew', async () => {
      const first = await accounts.invite({ mail: 'a@example.edu', name: 'A', role: 'administrator' });
      const second = await accounts.invite({ mail: 'a@example.edu', name: 'A', role: 'standard' });
      expect(await codeOf(() => accounts.invitationOf(first.secret))).to.equal('ACCOUNT_INVITATION_GONE');
      clock.advance(DAY_MS);
      expect(await codeOf(() => accounts.invitationOf(second.secret))).to.equal('ACCOUNT_INVITATION_GONE');
      const third = await accounts.invite({ mail: 'a@example.edu', name: 'A', role: 'standard' });
      await accounts.takeBackInvitation(third.id);
      expect(await codeOf(() => accounts.invitationOf(third.secret))).to.equal('ACCOUNT_INVITATION_GONE');
      expect(await codeOf(() => accounts.takeBackInvitation(third.id))).to.equal('ACCOUNT_UNKNOWN');
      expect(accounts.invitations).to.deep.equal([]);
    });

    const bad: readonly [what: string, code: string, mail: string, name: string, password: string][] = [
      ['no mail address', 'ACCOUNT_MAIL', 'a.example.edu', 'A', PASSWORD],
      ['a mail address with a line', 'ACCOUNT_MAIL', 'a@example.edu\nBcc: b@x.org', 'A', PASSWORD],
      ['two mail addresses', 'ACCOUNT_MAIL', 'a@example.edu,b@example.edu', 'A', PASSWORD],
      ['a mail address with a NUL', 'ACCOUNT_MAIL', 'a@example.edu\0', 'A', PASSWORD],
      ['no name', 'ACCOUNT_NAME', 'a@example.edu', '  ', PASSWORD],
      ['a name without end', 'ACCOUNT_NAME', 'a@example.edu', 'x'.repeat(201), PASSWORD],
      ['a short password', 'ACCOUNT_PASSWORD', 'a@example.edu', 'A', 'short'],
      ['a password without end', 'ACCOUNT_PASSWORD', 'a@example.edu', 'A', 'xyzw'.repeat(60)],
      ['one letter again and again', 'ACCOUNT_PASSWORD', 'a@example.edu', 'A', 'aaaaaaaaaaaaaa'],
      ['her own address', 'ACCOUNT_PASSWORD', 'librarian@example.edu', 'A', 'Librarian@example.edu'],
    ];
    for (const [what, code, mail, name, password] of bad) {
      it(`are refused with ${what}`, async () => {
        const found = await codeOf(async () => {
          const { secret } = await accounts.invite({ mail, name, role: 'standard' });
          await accounts.accept(secret, { name, password });
        });
        expect(found).to.equal(code);
        expect(accounts.people).to.have.length(0);
      });
    }

    it('are refused where somebody has the address', async () => {
      const { mail } = await aPerson('Ana', 'administrator');
      expect(await codeOf(() => accounts.invite({ mail, name: 'B', role: 'standard' }))).to.equal(
        'ACCOUNT_MAIL_TAKEN',
      );
    });
  });

  describe('at the door', () => {
    it('say nothing of who has one', async () => {
      const { mail } = await aPerson('Ana', 'administrator');
      expect(await codeOf(() => login(mail, 'wrong password'))).to.equal('ACCOUNT_WRONG_LOGIN');
      expect(await codeOf(() => login('nobody@example.edu', 'wrong password'))).to.equal(
        'ACCOUNT_WRONG_LOGIN',
      );
    });

    it('make guessing slow, for one account, wherever the guesses come from, and never for ever', async () => {
      const { mail } = await aPerson('Ana', 'administrator');
      for (let i = 0; i < 5; i++)
        expect(await codeOf(() => login(mail, 'wrong', `192.0.2.${i}`))).to.equal('ACCOUNT_WRONG_LOGIN');
      expect(await codeOf(() => login(mail, PASSWORD, '198.51.100.1'))).to.equal('ACCOUNT_LOCKED');
      clock.advance(30_000);
      expect(await codeOf(() => login(mail, 'wrong'))).to.equal('ACCOUNT_WRONG_LOGIN');
      clock.advance(30_000);
      expect(await codeOf(() => login(mail))).to.equal('ACCOUNT_LOCKED');
      clock.advance(15 * 60_000);
      expect(await codeOf(() => login(mail))).to.equal(undefined);
    });

    it('keep nobody out for long because the clock was wrong', async () => {
      const { mail } = await aPerson('Ana', 'administrator');
      for (let i = 0; i < 5; i++) await codeOf(() => login(mail, 'wrong'));
      clock.advance(-DAY_MS);
      expect(await codeOf(() => login(mail))).to.equal(undefined);
    });

    it('make guessing slow from one address, whosever accounts they are', async () => {
      const { mail } = await aPerson('Ana', 'administrator');
      for (let i = 0; i < 20; i++) await codeOf(() => login(`p${i}@example.edu`, 'wrong'));
      expect(await codeOf(() => login(mail))).to.equal('ACCOUNT_LOCKED');
      expect(await codeOf(() => login(mail, PASSWORD, '198.51.100.1'))).to.equal(undefined);
    });

    it('make guessing slow from one network, whose addresses are without number', async () => {
      const { mail } = await aPerson('Ana', 'administrator');
      for (let i = 0; i < 20; i++)
        await codeOf(() => login(`p${i}@example.edu`, 'wrong', `2001:db8:1:2::${i}`));
      expect(await codeOf(() => login(mail, PASSWORD, '2001:db8:1:2::ffff'))).to.equal('ACCOUNT_LOCKED');
      expect(await codeOf(() => login(mail, PASSWORD, '2001:db8:1:3::1'))).to.equal(undefined);
    });

    it('stay open at the browsers where she has logged in before, whatever a stranger tries', async () => {
      const { id, mail } = await aPerson('Ana', 'administrator');
      const bea = await aPerson('Bea');
      const [device, ofBea] = [accounts.deviceCookieOf(id), accounts.deviceCookieOf(bea.id)];
      await restart();
      for (let i = 0; i < 40; i++) await codeOf(() => login(mail, 'wrong', `192.0.2.${i % 3}`));
      const from = '192.0.2.1';
      for (const no of [undefined, '', 'x.y', ofBea, `${device}x`, `z${device}`])
        expect(await codeOf(() => accounts.login({ mail, password: PASSWORD, from, device: no }))).to.equal(
          'ACCOUNT_LOCKED',
        );
      const own = (password: string): Promise<string> => accounts.login({ mail, password, from, device });
      expect((await accounts.ofCookie(await own(PASSWORD)))?.person.id).to.equal(id);
      // Guesses there are counted, too.
      for (let i = 0; i < 5; i++) expect(await codeOf(() => own('wrong'))).to.equal('ACCOUNT_WRONG_LOGIN');
      expect(await codeOf(() => own(PASSWORD))).to.equal('ACCOUNT_LOCKED');
      expect(await codeOf(() => login(bea.mail, PASSWORD, '198.51.100.1'))).to.equal(undefined);
    });

    it('ask who is logged in for the password, apart from a stranger’s guesses, and slow down hers', async () => {
      const { mail, cookie } = await aPerson('Ana', 'administrator');
      const who = (await accounts.ofCookie(cookie)) as LoggedIn;
      for (let i = 0; i < 10; i++) await codeOf(() => login(mail, 'wrong', `192.0.2.${i}`));
      expect(await codeOf(() => accounts.prove(who, PASSWORD))).to.equal(undefined);
      for (let i = 0; i < 5; i++)
        expect(await codeOf(() => accounts.prove(who, 'wrong'))).to.equal('ACCOUNT_WRONG_LOGIN');
      expect(await codeOf(() => accounts.prove(who, PASSWORD))).to.equal('ACCOUNT_LOCKED');
    });

    it('turn away a crowd rather than keep it waiting', async () => {
      const { mail } = await aPerson('Ana', 'administrator');
      const crowd = await Promise.all(
        Array.from({ length: 60 }, (_, i) => codeOf(() => login(`${i}${mail}`, 'wrong', `203.0.113.${i}`))),
      );
      expect(new Set(crowd)).to.deep.equal(new Set(['ACCOUNT_WRONG_LOGIN', 'ACCOUNT_BUSY']));
    });
  });

  describe('in a session', () => {
    it('end after two hours without use, and after twelve in any case', async () => {
      const { id, mail, cookie } = await aPerson('Ana', 'administrator');
      clock.advance(2 * HOUR_MS);
      expect(await accounts.ofCookie(cookie)).to.equal(undefined);
      const long = await login(mail);
      for (let hour = 0; hour < 11; hour++) {
        clock.advance(HOUR_MS);
        expect((await accounts.ofCookie(long))?.person.id).to.equal(id);
      }
      clock.advance(HOUR_MS);
      expect(await accounts.ofCookie(long)).to.equal(undefined);
    });

    it('end with the password, with the role and with the person', async () => {
      await aPerson('Ana', 'administrator');
      const { id, mail, cookie } = await aPerson('Bea');
      const { secret: old } = await accounts.makeToken(id, { name: 'old', days: 30 });
      const who = (await accounts.ofCookie(cookie)) as LoggedIn;
      const link = await accounts.forgotten.makeLink(id);
      const fresh = await accounts.changePassword(who, { present: PASSWORD, next: 'another good password' });
      expect(await codeOf(() => accounts.forgotten.personOf(link))).to.equal('ACCOUNT_RESET_GONE');
      expect(await accounts.ofCookie(cookie)).to.equal(undefined);
      expect(accounts.ofToken(old)).to.equal(undefined);
      expect((await accounts.ofCookie(fresh))?.person.id).to.equal(id);
      expect(await codeOf(() => login(mail))).to.equal('ACCOUNT_WRONG_LOGIN');
      await accounts.setRole(id, 'advanced');
      expect(await accounts.ofCookie(fresh)).to.equal(undefined);
      const last = await login(mail, 'another good password');
      const { secret } = await accounts.makeToken(id, { name: 'script', days: 30 });
      expect(accounts.ofToken(secret)?.person.role).to.equal('advanced');
      await accounts.remove(id);
      await restart();
      expect(await accounts.ofCookie(last)).to.equal(undefined);
      expect(accounts.ofToken(secret)).to.equal(undefined);
    });

    it('end for good when one logs out, also by a crash', async () => {
      const { cookie } = await aPerson('Ana', 'administrator');
      await accounts.logout(cookie);
      await restart();
      expect(await accounts.ofCookie(cookie)).to.equal(undefined);
    });

    it('have a token for forms of their own', async () => {
      const { mail, cookie } = await aPerson('Ana', 'administrator');
      const [one, other] = [await accounts.ofCookie(cookie), await accounts.ofCookie(await login(mail))];
      expect(one?.formToken).to.match(/^[\w-]{43}$/);
      expect(one?.formToken).to.not.equal(other?.formToken);
      expect(await accounts.ofCookie('forged')).to.equal(undefined);
    });

    it('do not last longer because the clock was wrong when they began', async () => {
      clock.advance(365 * DAY_MS);
      const { id, mail, cookie } = await aPerson('Ana', 'administrator');
      const { secret: invitation } = await accounts.invite({
        mail: 'b@example.edu',
        name: 'B',
        role: 'standard',
      });
      const { secret: token } = await accounts.makeToken(id, { name: 'script', days: 30 });
      const link = await accounts.forgotten.makeLink(id);
      // A clock that is put right by some seconds ends nothing.
      clock.advance(-5_000);
      expect((await accounts.ofCookie(cookie))?.person.id).to.equal(id);
      expect(accounts.ofToken(token)?.person.id).to.equal(id);
      expect(accounts.forgotten.personOf(link).mail).to.equal(mail);
      expect(accounts.invitationOf(invitation).name).to.equal('B');
      clock.advance(-365 * DAY_MS);
      expect(await accounts.ofCookie(cookie)).to.equal(undefined);
      expect(accounts.ofToken(token)).to.equal(undefined);
      expect(await codeOf(() => accounts.forgotten.personOf(link))).to.equal('ACCOUNT_RESET_GONE');
      expect(await codeOf(() => accounts.invitationOf(invitation))).to.equal('ACCOUNT_INVITATION_GONE');
    });

    it('are not begun by a password that was changed while it was checked', async () => {
      const { id, mail } = await aPerson('Ana', 'administrator');
      const reset = accounts.forgotten.reset(await accounts.forgotten.makeLink(id), 'another good password');
      // These are before her, so that the new password is there when it is her turn.
      const crowd = Array.from({ length: 16 }, (_, i) =>
        codeOf(() => login(`${i}${mail}`, 'wrong', `203.0.113.${i}`)),
      );
      const cookie = login(mail).catch(() => '');
      await Promise.all([reset, ...crowd]);
      expect(await accounts.ofCookie(await cookie)).to.equal(undefined);
    });

    it('are twenty of one person at the most', async () => {
      const { mail, cookie } = await aPerson('Ana', 'administrator');
      for (let i = 0; i < 20; i++) {
        clock.advance(1_000);
        await login(mail);
      }
      expect(await accounts.ofCookie(cookie)).to.equal(undefined);
    });
  });

  it('never leave the node without an administrator', async () => {
    const ana = await aPerson('Ana', 'administrator');
    const bea = await aPerson('Bea', 'administrator');
    const both = await Promise.allSettled([accounts.setRole(ana.id, 'standard'), accounts.remove(bea.id)]);
    expect(both.map(({ status }) => status).toSorted()).to.deep.equal(['fulfilled', 'rejected']);
    expect(accounts.people.filter(({ role }) => role === 'administrator')).to.have.length(1);
  });

  describe('of another system', () => {
    const identity = { issuer: 'https://login.example.edu', subject: '42' };
    const from = '192.0.2.1';
    const arrive = (
      mail?: string,
      more: { name?: string; subject?: string; invitation?: string } = {},
    ): Promise<string> => {
      const { invitation, ...named } = more;
      const arrival = { ...identity, ...named, verifiedMail: () => Promise.resolve(mail) };
      return accounts.elsewhere.login(arrival, { from, invitation });
    };

    it('are for the invited, by the address that the system has verified, and stay the same person', async () => {
      expect(await codeOf(() => arrive('a@example.edu'))).to.equal('ACCOUNT_NOT_INVITED');
      expect(await codeOf(() => arrive())).to.equal('ACCOUNT_NOT_INVITED');
      await accounts.invite({ mail: 'a@example.edu', name: 'A', role: 'administrator' });
      const cookie = await arrive('A@example.edu', { name: ' Ana\r\nSilva ' });
      const person = (await accounts.ofCookie(cookie))?.person;
      expect(person).to.deep.include({
        name: 'Ana Silva',
        role: 'administrator',
        logins: [identity],
        hasPassword: false,
      });
      await restart();
      const again = await arrive('another@example.edu');
      expect((await accounts.ofCookie(again))?.person.id).to.equal(person?.id);
      expect(await codeOf(() => login('a@example.edu', ''))).to.equal('ACCOUNT_WRONG_LOGIN');
    });

    it('do not take over an account by its address', async () => {
      const { id } = await aPerson('Ana', 'administrator');
      expect(await codeOf(() => arrive('ana@example.edu'))).to.equal('ACCOUNT_NOT_LINKED');
      expect(accounts.people.find((person) => person.id === id)?.logins).to.deep.equal([]);
    });

    it('come in once where two follow one link', async () => {
      const { secret } = await accounts.invite({ mail: 'a@example.edu', name: 'A', role: 'administrator' });
      const both = await Promise.allSettled([
        arrive(undefined, { invitation: secret }),
        arrive(undefined, { invitation: secret, subject: '43' }),
        accounts.accept(secret, { name: 'A', password: PASSWORD }),
      ]);
      expect(both.map(({ status }) => status).toSorted()).to.deep.equal([
        'fulfilled',
        'rejected',
        'rejected',
      ]);
      expect(accounts.people).to.have.length(1);
    });

    it('are five of one person at the most', async () => {
      const { id, cookie } = await aPerson('Ana', 'administrator');
      for (let i = 0; i < 5; i++) await accounts.elsewhere.link(cookie, id, { ...identity, subject: `${i}` });
      expect(await codeOf(() => accounts.elsewhere.link(cookie, id, identity))).to.equal('ACCOUNT_TOO_MANY');
    });
  });

  describe('of a password that was forgotten', () => {
    it('are opened by a link, within an hour and once, which ends whatever let in before', async () => {
      const { id, mail, cookie } = await aPerson('Ana', 'administrator');
      const { secret: token } = await accounts.makeToken(id, { name: 'script', days: 1 });
      for (let i = 0; i < 5; i++) await codeOf(() => login(mail, 'wrong', `192.0.2.${i}`));
      const first = await accounts.forgotten.makeLink(id);
      const link = await accounts.forgotten.makeLink(id);
      await restart();
      expect(await codeOf(() => accounts.forgotten.personOf(first))).to.equal('ACCOUNT_RESET_GONE');
      expect(accounts.forgotten.personOf(link).mail).to.equal(mail);
      expect(await codeOf(() => accounts.forgotten.reset(link, mail))).to.equal('ACCOUNT_PASSWORD');
      const both = await Promise.allSettled([
        accounts.forgotten.reset(link, 'another good password'),
        accounts.forgotten.reset(link, 'yet another password'),
      ]);
      expect(both.map(({ status }) => status).toSorted()).to.deep.equal(['fulfilled', 'rejected']);
      expect(await accounts.ofCookie(cookie)).to.equal(undefined);
      expect(accounts.ofToken(token)).to.equal(undefined);
      expect(await codeOf(() => login(mail))).to.equal('ACCOUNT_WRONG_LOGIN');
      const late = await accounts.forgotten.makeLink(id);
      clock.advance(HOUR_MS);
      expect(await codeOf(() => accounts.forgotten.reset(late, PASSWORD))).to.equal('ACCOUNT_RESET_GONE');
    });

    it('tell nobody whether they are there, and are not asked for without end', async () => {
      const { mail } = await aPerson('Ana', 'administrator');
      const forgot = (about: string, from: string): unknown =>
        accounts.forgotten.who({ mail: about, from })?.mail;
      expect(forgot('nobody@example.edu', '192.0.2.1')).to.equal(undefined);
      expect(await codeOf(() => forgot('no address', '192.0.2.1'))).to.equal('ACCOUNT_MAIL');
      const asked = ['1', '2', '3', '4'].map((n) => forgot(` ANA@example.edu `, `198.51.100.${n}`));
      expect(asked).to.deep.equal([mail, mail, mail, undefined]);
      for (let i = 0; i < 9; i++) forgot(`${i}@example.edu`, '192.0.2.1');
      expect(await codeOf(() => forgot('x@example.edu', '192.0.2.1'))).to.equal('ACCOUNT_LOCKED');
      clock.advance(2 * HOUR_MS);
      expect(forgot(mail, '192.0.2.1')).to.equal(mail);
    });
  });

  it('have tokens for programs, until they expire or are taken back', async () => {
    const { id } = await aPerson('Ana', 'administrator');
    const [short, long] = [
      await accounts.makeToken(id, { name: 'short', days: 1 }),
      await accounts.makeToken(id, { name: 'long', days: 30 }),
    ];
    await restart();
    expect(accounts.ofToken(short.secret)?.person.id).to.equal(id);
    clock.advance(DAY_MS);
    expect(accounts.ofToken(short.secret)).to.equal(undefined);
    await accounts.takeBackToken(id, long.id);
    expect(accounts.ofToken(long.secret)).to.equal(undefined);
    expect(await codeOf(() => accounts.takeBackToken(id, long.id))).to.equal('ACCOUNT_UNKNOWN');
  });

  it('may what their role may', () => {
    const table = Object.fromEntries(roles.map((role) => [role, rights.filter((right) => may(role, right))]));
    expect(table).to.deep.equal({
      standard: ['see'],
      advanced: ['see', 'export', 'decide', 'withdraw', 'harvest', 'audit'],
      administrator: [...rights],
    });
  });

  it('write down of strangers only so many an hour: they are not to fill the disk, nor to hide the rest', async () => {
    for (let i = 0; i < 150; i++) await accounts.audit.turnedAway('account.login', 'ACCOUNT_WRONG_LOGIN');
    await accounts.audit.note({ action: 'policy.state' });
    expect(await accounts.audit.read({ limit: 1_000 })).to.have.length(101);
    clock.advance(HOUR_MS);
    await accounts.audit.turnedAway('account.login', 'ACCOUNT_WRONG_LOGIN');
    expect(await accounts.audit.read({ limit: 1_000 })).to.have.length(102);
  });

  it('leave a log of what was done, read from the end, for two years', async () => {
    const { id } = await aPerson('Ana', 'administrator');
    await accounts.audit.note({ person: id, name: 'Ana', action: 'record.withdraw', on: 'oai:x:1' });
    await accounts.audit.note({ action: 'login', refused: 'ACCOUNT_WRONG_LOGIN' });
    clock.advance(1_000);
    await accounts.audit.note({ person: id, name: 'Ana', action: 'policy.state' });
    await restart();
    const [latest, ...others] = await accounts.audit.read({ limit: 1 });
    expect(others).to.deep.equal([]);
    expect(latest).to.deep.include({ action: 'policy.state', person: id, at: clock.now() });
    const before = await accounts.audit.read({ limit: 10, before: latest?.key ?? '' });
    expect(before.map(({ action }) => action)).to.deep.equal(['login', 'record.withdraw']);
    clock.advance(2 * 365 * DAY_MS);
    await accounts.audit.note({ action: 'login' });
    expect((await accounts.audit.read({ limit: 10 })).map(({ action }) => action)).to.deep.equal([
      'login',
      'policy.state',
    ]);
  });
});
