import { networkOf } from '../../vocab/address-network.ts';
import type { Clock } from '../clock.ts';
import { AccountError } from './errors.ts';
import type { KnownDevices } from './known-devices.ts';
import { LockOut } from './lock-out.ts';
import { Passwords } from './passwords.ts';
import type { StoredPerson } from './people.ts';

const FREE_ATTEMPTS = { ofAPerson: 5, ofADevice: 5, ofAnAddress: 20 };

/** An attempt to log in by a password. */
export interface PasswordAttempt {
  mail: string;
  password: string;
  /** The network address of the client, which is kept in memory only. */
  from: string;
  /** The cookie of a browser where somebody has logged in before. */
  device?: string | undefined;
}

/**
 * Holds passwords against those that are kept, and makes guessing slow: the guesses at one account and those from one address are
 * counted. Those from a browser where its owner has logged in before are counted by themselves, and so are those of who is logged in:
 * by no number of wrong ones does a stranger keep her out there.
 */
export class PasswordDoor {
  readonly #devices: KnownDevices;
  readonly #passwords = new Passwords();
  readonly #ofPeople: LockOut;
  readonly #ofKnown: LockOut;
  readonly #ofAddresses: LockOut;

  constructor({ devices, clock }: { devices: KnownDevices; clock: Clock }) {
    this.#devices = devices;
    this.#ofPeople = new LockOut({ clock, free: FREE_ATTEMPTS.ofAPerson });
    this.#ofKnown = new LockOut({ clock, free: FREE_ATTEMPTS.ofADevice });
    this.#ofAddresses = new LockOut({ clock, free: FREE_ATTEMPTS.ofAnAddress });
  }

  /**
   * @param find finds who has the address, before and after: the password may be changed while it is checked, and the former lets
   *   nobody in any more
   * @returns who it is
   * @throws AccountError `ACCOUNT_WRONG_LOGIN`, `ACCOUNT_LOCKED`, `ACCOUNT_BUSY`
   */
  async open(
    { mail, password, from, device }: PasswordAttempt,
    find: () => StoredPerson | undefined,
  ): Promise<StoredPerson> {
    const person = find();
    const known = person && device !== undefined ? this.#devices.nameOf(device, person.id) : undefined;
    const locks =
      known === undefined
        ? [this.#ofAddresses.of(networkOf(from)), this.#ofPeople.of(mail)]
        : [this.#ofKnown.of(`device ${known}`)];
    for (const lock of locks) lock.refuse();
    // Counted before it is known: who asks a hundred times at once is not to have a hundred answers.
    for (const lock of locks) lock.failed();
    const isRight = await this.#passwords.isRight(password, person?.passwordHash);
    if (!isRight || person === undefined || find()?.passwordHash !== person.passwordHash) {
      throw new AccountError('ACCOUNT_WRONG_LOGIN', 'Address and password do not belong together.', {
        remedy: 'Try again, or ask an administrator of the node for an invitation.',
      });
    }
    for (const lock of locks) lock.succeeded();
    return person;
  }

  /**
   * That who is logged in knows her password.
   * @param find finds her, before and after
   * @throws AccountError `ACCOUNT_WRONG_LOGIN`, `ACCOUNT_LOCKED`, `ACCOUNT_BUSY`
   */
  async again(find: () => StoredPerson, password: string): Promise<void> {
    const { id, passwordHash } = find();
    const lock = this.#ofKnown.of(`person ${id}`);
    lock.refuse();
    lock.failed();
    const isRight = await this.#passwords.isRight(password, passwordHash);
    if (!isRight || find().passwordHash !== passwordHash) {
      throw new AccountError('ACCOUNT_WRONG_LOGIN', 'That is not the present password.', {
        remedy: 'Try again.',
      });
    }
    lock.succeeded();
  }

  /** Counts somebody who was turned away in another manner. @throws AccountError `ACCOUNT_LOCKED` */
  turnedAway(from: string): void {
    const lock = this.#ofAddresses.of(networkOf(from));
    lock.refuse();
    lock.failed();
  }

  /** Forgets the guesses at an account: it has another password now. */
  forgive(mail: string): void {
    this.#ofPeople.of(mail).succeeded();
  }

  async hash(password: string): Promise<string> {
    return await this.#passwords.hash(password);
  }
}
