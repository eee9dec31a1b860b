import { networkOf } from '../../vocab/address-network.ts';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { WriteQueue, type Section } from '../store/index.ts';
import { AccessTokens, type AccessToken } from './access-tokens.ts';
import { AuditLog } from './audit-log.ts';
import { AccountError } from './errors.ts';
import { Invitations, type Invitation } from './invitations.ts';
import { LockOut } from './lock-out.ts';
import { Passwords, checkPassword } from './passwords.ts';
import { mailTaken, People, type StoredPerson } from './people.ts';
import { checkedMail, checkedName, type ExternalIdentity, type Person } from './person.ts';
import type { Role } from './rights.ts';
import { formTokenOf, newId } from './secrets.ts';
import { Sessions } from './sessions.ts';

const DAY_MS = 24 * 60 * 60_000;
const INVITATION_MS = 7 * DAY_MS;
/** The first administrator's link is printed where others may read it later. */
const FIRST_INVITATION_MS = DAY_MS;
const FREE_ATTEMPTS = { ofAPerson: 5, ofAnAddress: 20 };

interface AccountsOptions {
  section: Section;
  clock: Pick<Clock, 'now'>;
  log: Pick<Logger, 'error'>;
}

/** Somebody who is logged in, or a program of hers. */
export interface LoggedIn {
  person: Person;
  /** What the session's forms have to bring; absent where a token was used. */
  formToken?: string;
}

/** The people who work with the node: who they are, what they may do, and that it is they. */
export class Accounts {
  readonly audit: AuditLog;
  readonly #people: People;
  readonly #invitations: Invitations;
  readonly #sessions: Sessions;
  readonly #tokens: AccessTokens;
  readonly #passwords = new Passwords();
  readonly #ofPeople: LockOut;
  readonly #ofAddresses: LockOut;
  readonly #clock: Pick<Clock, 'now'>;
  /** Changes of people one after another, so that two at once cannot take the last administrator away. */
  readonly #changes = new WriteQueue();

  private constructor({ section, clock, log }: AccountsOptions) {
    this.audit = new AuditLog({ section, clock, log });
    this.#people = new People(section);
    this.#invitations = new Invitations({ section, clock });
    this.#sessions = new Sessions({ section, clock });
    this.#tokens = new AccessTokens({ section, clock });
    this.#ofPeople = new LockOut({ clock, free: FREE_ATTEMPTS.ofAPerson });
    this.#ofAddresses = new LockOut({ clock, free: FREE_ATTEMPTS.ofAnAddress });
    this.#clock = clock;
  }

  static async open(options: AccountsOptions): Promise<Accounts> {
    const accounts = new Accounts(options);
    await accounts.#people.load();
    await accounts.#invitations.load();
    await accounts.#sessions.load();
    await accounts.#tokens.load();
    return accounts;
  }

  /** By name. */
  get people(): Person[] {
    return this.#people.all.map(publicOf).sort((a, b) => a.name.localeCompare(b.name));
  }

  get invitations(): Invitation[] {
    return this.#invitations.open;
  }

  /** Whether nobody can log in yet, so that the first administrator has to be invited by who runs the node. */
  get isEmpty(): boolean {
    return this.#people.all.length === 0;
  }

  /**
   * Invites somebody by a link, which is good for a week; for a day where it is the first.
   * @returns with the secret of the link, which is shown this once
   * @throws AccountError `ACCOUNT_MAIL`, `ACCOUNT_NAME`, `ACCOUNT_MAIL_TAKEN`, `ACCOUNT_TOO_MANY`
   */
  async invite(invited: {
    mail: string;
    name: string;
    role: Role;
  }): Promise<Invitation & { secret: string }> {
    const mail = checkedMail(invited.mail);
    const name = checkedName(invited.name);
    if (this.#people.withMail(mail) !== undefined) throw mailTaken();
    const withinMs = this.isEmpty ? FIRST_INVITATION_MS : INVITATION_MS;
    return await this.#invitations.make({ mail, name, role: invited.role }, withinMs);
  }

  /** What the link of an invitation leads to. @throws AccountError `ACCOUNT_INVITATION_GONE` */
  invitationOf(secret: string): Invitation {
    return this.#invitations.of(secret);
  }

  async takeBackInvitation(id: string): Promise<void> {
    await this.#invitations.end(id);
  }

  /**
   * Takes an invitation: the account is there, and who took it is logged in.
   * @throws AccountError `ACCOUNT_INVITATION_GONE`, `ACCOUNT_PASSWORD`, `ACCOUNT_NAME`, `ACCOUNT_MAIL_TAKEN`
   */
  async accept(secret: string, { name, password }: { name: string; password: string }): Promise<string> {
    const person = { ...this.#newPerson(this.#invitations.of(secret)), name: checkedName(name) };
    checkPassword(password, person);
    const passwordHash = await this.#passwords.hash(password);
    await this.#changes.run(async () => {
      // Meanwhile somebody else may have used the link.
      const { id } = this.#invitations.of(secret);
      await this.#people.put({ ...person, passwordHash });
      await this.#invitations.end(id);
    });
    return await this.#sessions.begin(person.id);
  }

  /**
   * Logs somebody in.
   * @param given.from the network address of the client, which is kept in memory only
   * @returns the secret for the cookie
   * @throws AccountError `ACCOUNT_WRONG_LOGIN`, `ACCOUNT_LOCKED`, `ACCOUNT_BUSY`
   */
  async login(given: { mail: string; password: string; from: string }): Promise<string> {
    const mail = given.mail.trim().toLowerCase().slice(0, 254);
    const network = networkOf(given.from);
    this.#ofAddresses.refuseLocked(network);
    this.#ofPeople.refuseLocked(mail);
    const person = this.#people.withMail(mail);
    // Counted before it is known: who asks a hundred times at once is not to have a hundred answers.
    this.#ofAddresses.failed(network);
    this.#ofPeople.failed(mail);
    if (!(await this.#passwords.isRight(given.password, person?.passwordHash)) || person === undefined) {
      throw new AccountError('ACCOUNT_WRONG_LOGIN', 'Address and password do not belong together.', {
        remedy: 'Try again, or ask an administrator for a new invitation.',
      });
    }
    this.#ofAddresses.succeeded(network);
    this.#ofPeople.succeeded(mail);
    return await this.#sessions.begin(person.id);
  }

  /**
   * Logs somebody in whom another system has named. Only who has an account, or an invitation with the address that the system
   * has verified, comes in.
   * @throws AccountError `ACCOUNT_WRONG_LOGIN`
   */
  async loginFrom(identity: ExternalIdentity & { mail?: string; name?: string }): Promise<string> {
    const { issuer, subject } = identity;
    const person = await this.#changes.run(async () => {
      const known = this.#people.withExternal({ issuer, subject });
      if (known !== undefined) return known;
      const mail = identity.mail?.trim().toLowerCase();
      const invitation = this.#invitations.open.find((one) => one.mail === mail);
      const existing = mail === undefined ? undefined : this.#people.withMail(mail);
      // One that belongs to a login elsewhere is not handed over to another by its address.
      if (existing !== undefined && existing.external === undefined)
        return await this.#link(existing, { issuer, subject });
      if (invitation === undefined) {
        throw new AccountError('ACCOUNT_WRONG_LOGIN', 'Nobody with that address has been invited.', {
          remedy: 'Ask an administrator of the node for an invitation.',
        });
      }
      const invited = this.#newPerson(invitation);
      const linked = await this.#link(
        { ...invited, name: identity.name?.slice(0, 200) ?? invited.name },
        { issuer, subject },
      );
      await this.#invitations.end(invitation.id);
      return linked;
    });
    return await this.#sessions.begin(person.id);
  }

  async #link(person: StoredPerson, external: ExternalIdentity): Promise<StoredPerson> {
    const linked = { ...person, external };
    await this.#people.put(linked);
    return linked;
  }

  #newPerson({ mail, name, role }: Invitation): StoredPerson {
    return { id: newId(), mail, name, role, since: this.#clock.now() };
  }

  /** Who has the cookie's secret; undefined where nobody has, or not any more. */
  async ofCookie(secret: string): Promise<LoggedIn | undefined> {
    const session = await this.#sessions.of(secret);
    const person = session && this.#people.get(session.person);
    return person && { person: publicOf(person), formToken: formTokenOf(secret) };
  }

  /** Whose token it is. */
  ofToken(secret: string): LoggedIn | undefined {
    const token = this.#tokens.find(secret);
    const person = token && this.#people.get(token.person);
    return person && { person: publicOf(person) };
  }

  async logout(secret: string): Promise<void> {
    await this.#sessions.end(secret);
  }

  /** @throws AccountError `ACCOUNT_UNKNOWN`, `ACCOUNT_LAST_ADMINISTRATOR` */
  async setRole(id: string, role: Role): Promise<Person> {
    return await this.#changes.run(async () => {
      const changed = { ...this.#people.known(id), role };
      await this.#people.put(changed);
      await this.#sessions.endAll(id);
      return publicOf(changed);
    });
  }

  /** @throws AccountError `ACCOUNT_UNKNOWN`, `ACCOUNT_LAST_ADMINISTRATOR` */
  async remove(id: string): Promise<void> {
    await this.#changes.run(async () => {
      await this.#people.remove(id);
      await this.#sessions.endAll(id);
      await this.#tokens.endAll(id);
    });
  }

  /**
   * Changes a password, which the present one is asked for; every session and token ends, whoever had them.
   * @returns the secret of a new session
   * @throws AccountError `ACCOUNT_WRONG_LOGIN`, `ACCOUNT_PASSWORD`, `ACCOUNT_LOCKED`, `ACCOUNT_BUSY`
   */
  async changePassword(id: string, { present, next }: { present: string; next: string }): Promise<string> {
    const person = this.#people.known(id);
    this.#ofPeople.refuseLocked(person.mail);
    this.#ofPeople.failed(person.mail);
    if (!(await this.#passwords.isRight(present, person.passwordHash))) {
      throw new AccountError('ACCOUNT_WRONG_LOGIN', 'That is not the present password.', {
        remedy: 'Try again.',
      });
    }
    this.#ofPeople.succeeded(person.mail);
    checkPassword(next, person);
    const passwordHash = await this.#passwords.hash(next);
    await this.#changes.run(() => this.#people.put({ ...this.#people.known(id), passwordHash }));
    await this.#sessions.endAll(id);
    await this.#tokens.endAll(id);
    return await this.#sessions.begin(id);
  }

  tokensOf(person: string): AccessToken[] {
    return this.#tokens.of(person);
  }

  /** @throws AccountError `ACCOUNT_TOO_MANY`, `ACCOUNT_NAME` */
  async makeToken(
    person: string,
    { name, days }: { name: string; days: number },
  ): Promise<AccessToken & { secret: string }> {
    return await this.#tokens.make(this.#people.known(person).id, checkedName(name), days);
  }

  async takeBackToken(person: string, id: string): Promise<void> {
    await this.#tokens.takeBack(person, id);
  }
}

function publicOf({ passwordHash: _, ...person }: StoredPerson): Person {
  return person;
}
