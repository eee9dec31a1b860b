import type { Clock } from '../clock.ts';
import type { WriteQueue } from '../store/index.ts';
import { AccountError } from './errors.ts';
import type { Invitations } from './invitations.ts';
import type { PasswordDoor } from './password-door.ts';
import { newPerson, type People } from './people.ts';
import { isSameIdentity, namedElsewhere, type Arrival, type ExternalIdentity } from './person.ts';
import type { Sessions } from './sessions.ts';

const MOST_OF_ONE = 5;

interface LoginsElsewhereOptions {
  people: People;
  invitations: Invitations;
  sessions: Sessions;
  door: Pick<PasswordDoor, 'turnedAway'>;
  /** In which people are changed one after another. */
  changes: WriteQueue;
  ways: { passwords: boolean; issuers: readonly string[] };
  clock: Clock;
}

/** Which logins at other systems are whose, and who comes in by one. */
export class LoginsElsewhere {
  readonly #options: LoginsElsewhereOptions;

  constructor(options: LoginsElsewhereOptions) {
    this.#options = options;
  }

  /**
   * Logs somebody in whom another system has named. Only who has that login, the link of an invitation, or an invitation with the
   * address that the system has verified, comes in.
   * @param by.from the network address of the client, which is kept in memory only
   * @param by.invitation the secret of the link that she followed
   * @returns the secret for the cookie
   * @throws AccountError `ACCOUNT_NOT_INVITED`, `ACCOUNT_NOT_LINKED`, `ACCOUNT_LINKED_ALREADY`, `ACCOUNT_INVITATION_GONE`, `ACCOUNT_LOCKED`
   */
  async login(arrival: Arrival, by: { from: string; invitation?: string | undefined }): Promise<string> {
    const { people, invitations, sessions, door, changes, clock } = this.#options;
    const { invitation: link } = by;
    const known = people.withLogin(arrival);
    if (known !== undefined && link === undefined) return await sessions.begin(known.id, arrival.issuer);
    if (link === undefined) door.turnedAway(by.from);
    const mail = link === undefined ? (await arrival.verifiedMail())?.trim().toLowerCase() : undefined;
    const person = await changes.run(async () => {
      if (people.withLogin(arrival) !== undefined) throw linkedAlready();
      const invitation =
        link === undefined ? invitations.open.find((one) => one.mail === mail) : invitations.of(link);
      // An account is not handed over to whom another system gives the same address.
      if (invitation === undefined) throw this.#turnedAway(mail);
      const invited = newPerson(invitation, clock);
      const name = namedElsewhere(arrival.name) ?? invited.name;
      await people.put({ ...invited, name, logins: [identityOf(arrival)] });
      await invitations.end(invitation.id);
      return invited;
    });
    return await sessions.begin(person.id, arrival.issuer);
  }

  /**
   * Lets a person log in by another system, too.
   * @param secret of the session that she is in
   * @throws AccountError `ACCOUNT_OTHER_LOGIN`, `ACCOUNT_LINKED_ALREADY`, `ACCOUNT_TOO_MANY`
   */
  async link(secret: string, id: string, identity: ExternalIdentity): Promise<void> {
    const { people, sessions, changes } = this.#options;
    if ((await sessions.of(secret))?.person !== id) throw otherLogin();
    await changes.run(async () => {
      const person = people.known(id);
      const other = people.withLogin(identity);
      if (other?.id === id) return;
      if (other !== undefined) throw linkedAlready();
      if (person.logins.length >= MOST_OF_ONE) {
        throw new AccountError('ACCOUNT_TOO_MANY', `A person has ${MOST_OF_ONE} logins at the most.`, {
          remedy: 'Take one away that is not needed any more.',
        });
      }
      await people.put({ ...person, logins: [...person.logins, identityOf(identity)] });
    });
  }

  /**
   * Takes a login at another system away, which ends every session.
   * @returns the secret of a new session
   * @throws AccountError `ACCOUNT_UNKNOWN`, `ACCOUNT_LAST_WAY_IN`
   */
  async unlink(id: string, identity: ExternalIdentity): Promise<string> {
    const { people, sessions, changes, ways } = this.#options;
    await changes.run(async () => {
      const person = people.known(id);
      const logins = person.logins.filter((login) => !isSameIdentity(login, identity));
      if (logins.length === person.logins.length) {
        throw new AccountError('ACCOUNT_UNKNOWN', 'There is no such login.', { remedy: 'See your account.' });
      }
      const hasPassword = ways.passwords && person.passwordHash !== undefined;
      if (!hasPassword && !logins.some(({ issuer }) => ways.issuers.includes(issuer))) {
        throw new AccountError('ACCOUNT_LAST_WAY_IN', 'You could not log in any more.', {
          remedy: 'Set a password, or add another login, before.',
        });
      }
      await people.put({ ...person, logins });
    });
    await sessions.endAll(id);
    return await sessions.begin(id);
  }

  /**
   * Notes that who is logged in has come back from another system where she logged in anew.
   * @param secret of the session
   * @throws AccountError `ACCOUNT_OTHER_LOGIN`
   */
  async prove(secret: string, identity: ExternalIdentity): Promise<void> {
    const { people, sessions } = this.#options;
    const session = await sessions.of(secret);
    if (session === undefined || people.withLogin(identity)?.id !== session.person) throw otherLogin();
    await sessions.prove(secret, identity.issuer);
  }

  #turnedAway(mail: string | undefined): AccountError {
    if (mail !== undefined && this.#options.people.withMail(mail) !== undefined) {
      return new AccountError('ACCOUNT_NOT_LINKED', 'Your account does not have this login yet.', {
        remedy: 'Log in as you did so far, and add it under “My account”.',
      });
    }
    return new AccountError('ACCOUNT_NOT_INVITED', 'You have not been invited here.', {
      remedy: 'Ask an administrator of the node for an invitation, and follow its link.',
    });
  }
}

/** Who came back is not who is logged in. */
function otherLogin(): AccountError {
  return new AccountError('ACCOUNT_OTHER_LOGIN', 'That is not who is logged in here.', {
    remedy: 'Log in there as yourself, and here in the same browser.',
  });
}

function identityOf({ issuer, subject }: ExternalIdentity): ExternalIdentity {
  return { issuer, subject };
}

function linkedAlready(): AccountError {
  return new AccountError('ACCOUNT_LINKED_ALREADY', 'That login belongs to an account already.', {
    remedy: 'Log in by it; or take it away from that account first.',
  });
}
