import { networkOf } from '../../vocab/address-network.ts';
import type { Clock } from '../clock.ts';
import { LockOut } from './lock-out.ts';
import type { PasswordResets } from './password-resets.ts';
import type { People, StoredPerson } from './people.ts';
import { checkedMail, type Person } from './person.ts';

const FREE = { ofAnAccount: 3, ofAnAddress: 10 };

interface ForgottenPasswordsOptions {
  people: People;
  resets: PasswordResets;
  clock: Clock;
  /** @throws AccountError `ACCOUNT_NO_PASSWORDS` */
  refuseWithoutPasswords: () => void;
  /** Sets a password, unless `check` throws when it is its turn; every session and token ends. */
  setPassword: (person: StoredPerson, next: string, check: () => void) => Promise<void>;
  /** A person as others may see her. */
  publicOf: (person: StoredPerson) => Person;
}

/** New passwords for those who have forgotten theirs, by a link that is good for an hour, and once. */
export class ForgottenPasswords {
  readonly #options: ForgottenPasswordsOptions;
  readonly #ofAccounts: LockOut;
  readonly #ofAddresses: LockOut;

  constructor(options: ForgottenPasswordsOptions) {
    const { clock } = options;
    this.#options = options;
    this.#ofAccounts = new LockOut({ clock, free: FREE.ofAnAccount });
    this.#ofAddresses = new LockOut({ clock, free: FREE.ofAnAddress });
  }

  /**
   * Who it is that has forgotten her password; undefined where nobody can be told a new one, or has been a moment ago. What is
   * answered must not tell.
   * @throws AccountError `ACCOUNT_MAIL`, `ACCOUNT_LOCKED` where too much is asked from one address, `ACCOUNT_NO_PASSWORDS`
   */
  who({ mail: written, from }: { mail: string; from: string }): Person | undefined {
    const { people, refuseWithoutPasswords, publicOf } = this.#options;
    refuseWithoutPasswords();
    const mail = checkedMail(written);
    const ofAddress = this.#ofAddresses.of(networkOf(from));
    ofAddress.refuse();
    ofAddress.failed();
    const person = people.withMail(mail);
    if (person?.passwordHash === undefined) return undefined;
    const ofAccount = this.#ofAccounts.of(mail);
    try {
      ofAccount.refuse();
    } catch {
      return undefined;
    }
    ofAccount.failed();
    return publicOf(person);
  }

  /** Makes a link, in place of an earlier one of the same person. @returns its secret */
  async makeLink(id: string): Promise<string> {
    const { people, resets } = this.#options;
    return await resets.make(people.known(id).id);
  }

  /** Whose password a link sets anew. @throws AccountError `ACCOUNT_RESET_GONE` */
  personOf(secret: string): Person {
    const { people, resets, publicOf } = this.#options;
    return publicOf(people.known(resets.of(secret)));
  }

  /**
   * Sets a new password by a link; every session and token ends.
   * @throws AccountError `ACCOUNT_RESET_GONE`, `ACCOUNT_PASSWORD`, `ACCOUNT_BUSY`, `ACCOUNT_NO_PASSWORDS`
   */
  async reset(secret: string, next: string): Promise<Person> {
    const { people, resets, refuseWithoutPasswords, setPassword, publicOf } = this.#options;
    refuseWithoutPasswords();
    const person = people.known(resets.of(secret));
    // Meanwhile somebody else may have used the link.
    await setPassword(person, next, () => void resets.of(secret));
    return publicOf(person);
  }
}
