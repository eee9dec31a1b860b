import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { WriteQueue, type Section } from '../store/index.ts';
import { AccessTokens, type AccessToken } from './access-tokens.ts';
import { AuditLog } from './audit-log.ts';
import { AccountError } from './errors.ts';
import { ForgottenPasswords } from './forgotten-passwords.ts';
import { Invitations, type Invitation } from './invitations.ts';
import { KnownDevices } from './known-devices.ts';
import { LoginsElsewhere } from './logins-elsewhere.ts';
import { PasswordDoor, type PasswordAttempt } from './password-door.ts';
import { PasswordResets } from './password-resets.ts';
import { checkPassword } from './passwords.ts';
import { mailTaken, newPerson, People, type StoredPerson } from './people.ts';
import { checkedMail, checkedName, type Person } from './person.ts';
import type { Role } from './rights.ts';
import { formTokenOf } from './secrets.ts';
import { Sessions } from './sessions.ts';

/** The first administrator's link is printed where others may read it later. */
const FIRST_INVITATION_MS = 24 * 60 * 60_000;

interface AccountsOptions {
  section: Section;
  clock: Clock;
  log: Pick<Logger, 'error'>;
  /** By what people can log in: by passwords, as without it, and by other systems. */
  ways?: { passwords: boolean; issuers: readonly string[] };
}

/** Somebody who is logged in, or a program of hers. */
export interface LoggedIn {
  person: Person;
  /** What the session's forms have to bring; absent where a token was used. */
  formToken?: string;
  /** Whether she has shown anew, some minutes ago at the most, that it is she. */
  isProved?: boolean;
}

/** The people who work with the node: who they are, what they may do, and that it is they. */
export class Accounts {
  readonly audit: AuditLog;
  /** Whether people can log in by a password. */
  readonly hasPasswords: boolean;
  /** The logins of people at other systems. */
  readonly elsewhere: LoginsElsewhere;
  /** New passwords for those who have forgotten theirs. */
  readonly forgotten: ForgottenPasswords;
  readonly #people: People;
  readonly #invitations: Invitations;
  readonly #sessions: Sessions;
  readonly #tokens: AccessTokens;
  readonly #resets: PasswordResets;
  readonly #devices: KnownDevices;
  readonly #door: PasswordDoor;
  readonly #clock: Clock;
  /** Changes of people one after another, so that two at once cannot take the last administrator away. */
  readonly #changes = new WriteQueue();

  private constructor({ section, clock, log, ways }: AccountsOptions) {
    this.audit = new AuditLog({ section, clock, log });
    this.hasPasswords = ways?.passwords ?? true;
    this.#people = new People(section);
    this.#invitations = new Invitations({ section, clock });
    this.#sessions = new Sessions({ section, clock });
    this.#tokens = new AccessTokens({ section, clock });
    this.#resets = new PasswordResets({ section, clock });
    this.#devices = new KnownDevices(section);
    this.#door = new PasswordDoor({ devices: this.#devices, clock });
    this.elsewhere = new LoginsElsewhere({
      people: this.#people,
      invitations: this.#invitations,
      sessions: this.#sessions,
      door: this.#door,
      changes: this.#changes,
      ways: { passwords: this.hasPasswords, issuers: ways?.issuers ?? [] },
      clock,
    });
    this.forgotten = new ForgottenPasswords({
      people: this.#people,
      resets: this.#resets,
      clock,
      refuseWithoutPasswords: () => this.#refuseWithoutPasswords(),
      setPassword: (person, next, check) => this.#setPassword(person, next, check),
      publicOf: (person) => this.#publicOf(person),
    });
    this.#clock = clock;
  }

  static async open(options: AccountsOptions): Promise<Accounts> {
    const accounts = new Accounts(options);
    await accounts.#people.load();
    await accounts.#invitations.load();
    await accounts.#sessions.load();
    await accounts.#tokens.load();
    await accounts.#resets.load();
    await accounts.#devices.load();
    return accounts;
  }

  /** By name. */
  get people(): Person[] {
    return this.#people.all
      .map((person) => this.#publicOf(person))
      .sort((a, b) => a.name.localeCompare(b.name));
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
    const withinMs = this.isEmpty ? FIRST_INVITATION_MS : undefined;
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
   * @throws AccountError `ACCOUNT_INVITATION_GONE`, `ACCOUNT_PASSWORD`, `ACCOUNT_NAME`, `ACCOUNT_MAIL_TAKEN`, `ACCOUNT_NO_PASSWORDS`
   */
  async accept(secret: string, { name, password }: { name: string; password: string }): Promise<string> {
    this.#refuseWithoutPasswords();
    const person = { ...newPerson(this.#invitations.of(secret), this.#clock), name: checkedName(name) };
    checkPassword(password, person);
    const passwordHash = await this.#door.hash(password);
    await this.#changes.run(async () => {
      // Meanwhile somebody else may have used the link.
      const { id } = this.#invitations.of(secret);
      await this.#people.put({ ...person, passwordHash });
      await this.#invitations.end(id);
    });
    return await this.#sessions.begin(person.id);
  }

  /**
   * Logs somebody in by her password.
   * @returns the secret for the cookie
   * @throws AccountError `ACCOUNT_WRONG_LOGIN`, `ACCOUNT_LOCKED`, `ACCOUNT_BUSY`, `ACCOUNT_NO_PASSWORDS`
   */
  async login(attempt: PasswordAttempt): Promise<string> {
    this.#refuseWithoutPasswords();
    const mail = attempt.mail.trim().toLowerCase().slice(0, 254);
    const { id } = await this.#door.open({ ...attempt, mail }, () => this.#people.withMail(mail));
    return await this.#sessions.begin(id);
  }

  /** The cookie by which a browser is known where the person is logged in. */
  deviceCookieOf(person: string): string {
    return this.#devices.sealFor(person);
  }

  /**
   * That it is the person herself who is logged in, before what a stolen session must not do: by her password; where she has none,
   * by a login at another system some minutes ago.
   * @throws AccountError `ACCOUNT_WRONG_LOGIN`, `ACCOUNT_LOCKED`, `ACCOUNT_BUSY`, `ACCOUNT_PROOF_NEEDED`
   */
  async prove({ person: { id }, isProved = false }: LoggedIn, password: string): Promise<void> {
    if (this.#hasPassword(this.#people.known(id)))
      return await this.#door.again(() => this.#people.known(id), password);
    if (isProved) return;
    throw new AccountError('ACCOUNT_PROOF_NEEDED', 'Show first that it is you.', {
      remedy: 'Log in again, as “My account” offers it.',
    });
  }

  /** Who has the cookie's secret; undefined where nobody has, or not any more. */
  async ofCookie(secret: string): Promise<LoggedIn | undefined> {
    const session = await this.#sessions.of(secret);
    const person = session && this.#people.get(session.person);
    if (session === undefined || person === undefined) return undefined;
    const isProved = this.#sessions.isProved(session);
    return { person: this.#publicOf(person), formToken: formTokenOf(secret), isProved };
  }

  /** Whose token it is. */
  ofToken(secret: string): LoggedIn | undefined {
    const token = this.#tokens.find(secret);
    const person = token && this.#people.get(token.person);
    return person && { person: this.#publicOf(person) };
  }

  /** Ends a session. @returns the issuer of the login at another system by which it began, where it did */
  async logout(secret: string): Promise<string | undefined> {
    return (await this.#sessions.end(secret))?.issuer;
  }

  /** @throws AccountError `ACCOUNT_UNKNOWN`, `ACCOUNT_LAST_ADMINISTRATOR` */
  async setRole(id: string, role: Role): Promise<Person> {
    return await this.#changes.run(async () => {
      const changed = { ...this.#people.known(id), role };
      await this.#people.put(changed);
      await this.#sessions.endAll(id);
      return this.#publicOf(changed);
    });
  }

  /** @throws AccountError `ACCOUNT_UNKNOWN`, `ACCOUNT_LAST_ADMINISTRATOR` */
  async remove(id: string): Promise<void> {
    await this.#changes.run(async () => {
      await this.#people.remove(id);
      await this.#end(id);
    });
  }

  /**
   * Changes a password, or sets the first, once it is proved that it is she; every session and token ends, whoever had them.
   * @returns the secret of a new session
   * @throws AccountError `ACCOUNT_PASSWORD`, `ACCOUNT_NO_PASSWORDS`, and those of `prove`
   */
  async changePassword(who: LoggedIn, { present, next }: { present: string; next: string }): Promise<string> {
    this.#refuseWithoutPasswords();
    await this.prove(who, present);
    await this.#setPassword(this.#people.known(who.person.id), next);
    return await this.#sessions.begin(who.person.id);
  }

  async #setPassword({ id, mail, name }: StoredPerson, next: string, check?: () => void): Promise<void> {
    checkPassword(next, { mail, name });
    const passwordHash = await this.#door.hash(next);
    await this.#changes.run(async () => {
      check?.();
      await this.#people.put({ ...this.#people.known(id), passwordHash });
      await this.#end(id);
    });
    this.#door.forgive(mail);
  }

  /** Ends whatever lets in as a person. */
  async #end(id: string): Promise<void> {
    await this.#resets.endAll(id);
    await this.#sessions.endAll(id);
    await this.#tokens.endAll(id);
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

  #hasPassword({ passwordHash }: StoredPerson): boolean {
    return this.hasPasswords && passwordHash !== undefined;
  }

  #publicOf(stored: StoredPerson): Person {
    const { passwordHash: _, ...person } = stored;
    return { ...person, hasPassword: this.#hasPassword(stored) };
  }

  #refuseWithoutPasswords(): void {
    if (this.hasPasswords) return;
    throw new AccountError('ACCOUNT_NO_PASSWORDS', 'Nobody logs in by a password here.', {
      remedy: 'Choose one of the logins that are offered.',
    });
  }
}
