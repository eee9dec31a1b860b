import * as dagCbor from '@ipld/dag-cbor';
import type { Clock } from '../clock.ts';
import { writeBatch, type Section } from '../store/index.ts';
import { AccountError } from './errors.ts';
import { personKey, personRange } from './layout.ts';
import { isSameIdentity, type ExternalIdentity, type Person } from './person.ts';
import { newId } from './secrets.ts';

/** A person as she is kept; without a hash she logs in by another system only. */
export interface StoredPerson extends Omit<Person, 'hasPassword'> {
  passwordHash?: string;
}

const MOST = 1_000;

/** The people who have an account, all of them in memory: an institution has some dozens. */
export class People {
  readonly #section: Section;
  readonly #byId = new Map<string, StoredPerson>();

  constructor(section: Section) {
    this.#section = section;
  }

  async load(): Promise<void> {
    for await (const [, bytes] of this.#section.iterator(personRange)) {
      const person = dagCbor.decode<Omit<StoredPerson, 'logins'> & Partial<StoredPerson>>(bytes);
      this.#byId.set(person.id, { ...person, logins: person.logins ?? [] });
    }
  }

  get all(): StoredPerson[] {
    return [...this.#byId.values()];
  }

  get(id: string): StoredPerson | undefined {
    return this.#byId.get(id);
  }

  withMail(mail: string): StoredPerson | undefined {
    return this.all.find((person) => person.mail === mail);
  }

  withLogin(identity: ExternalIdentity): StoredPerson | undefined {
    return this.all.find(({ logins }) => logins.some((login) => isSameIdentity(login, identity)));
  }

  /** @throws AccountError `ACCOUNT_UNKNOWN` */
  known(id: string): StoredPerson {
    const person = this.#byId.get(id);
    if (person !== undefined) return person;
    throw new AccountError('ACCOUNT_UNKNOWN', 'There is no such person.', {
      remedy: 'See the list of people.',
    });
  }

  /** @throws AccountError `ACCOUNT_MAIL_TAKEN`, `ACCOUNT_TOO_MANY`, `ACCOUNT_LAST_ADMINISTRATOR` */
  async put(person: StoredPerson): Promise<void> {
    const other = this.withMail(person.mail);
    if (other !== undefined && other.id !== person.id) throw mailTaken();
    if (!this.#byId.has(person.id) && this.#byId.size >= MOST) {
      throw new AccountError('ACCOUNT_TOO_MANY', `A node has ${MOST} people at the most.`, {
        remedy: 'Take out somebody who does not work with the node any more.',
      });
    }
    if (person.role !== 'administrator') this.#refuseLastAdministrator(person.id);
    const value = dagCbor.encode(person);
    await writeBatch(this.#section, [{ type: 'put', key: personKey(person.id), value }], { durable: true });
    this.#byId.set(person.id, person);
  }

  /** @throws AccountError `ACCOUNT_UNKNOWN`, `ACCOUNT_LAST_ADMINISTRATOR` */
  async remove(id: string): Promise<void> {
    this.known(id);
    this.#refuseLastAdministrator(id);
    await writeBatch(this.#section, [{ type: 'del', key: personKey(id) }], { durable: true });
    this.#byId.delete(id);
  }

  #refuseLastAdministrator(id: string): void {
    if (this.#byId.get(id)?.role !== 'administrator') return;
    if (this.all.some((other) => other.id !== id && other.role === 'administrator')) return;
    throw new AccountError(
      'ACCOUNT_LAST_ADMINISTRATOR',
      'That would leave the node without an administrator.',
      {
        remedy: 'Make somebody else an administrator first.',
      },
    );
  }
}

/** Who takes an invitation. */
export function newPerson(
  { mail, name, role }: Pick<Person, 'mail' | 'name' | 'role'>,
  clock: Clock,
): StoredPerson {
  return { id: newId(), mail, name, role, since: clock.now(), logins: [] };
}

export function mailTaken(): AccountError {
  return new AccountError('ACCOUNT_MAIL_TAKEN', 'Somebody has an account with that address already.', {
    remedy: 'Take another address, or change the role of that person.',
  });
}
