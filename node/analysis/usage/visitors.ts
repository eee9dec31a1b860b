import { hash } from 'node:crypto';
import type { Addresses, KnownAddress } from './addresses.ts';
import { Recent } from './recent.ts';
import type { RobotList } from './robots.ts';
import { HUMAN, INTERNAL, ROBOT, userBits, type UserClass } from './rows.ts';

/** Characters of an agent that count. Anyone may send sixteen times as many, and twenty thousand of those are kept. */
const MOST_AGENT = 1_000;
const AGENTS = 20_000;
const ADDRESSES = 25_000;
/** Behind one address; a proxy's users beyond it have their hashes made again and again. */
const MOST_OF_ADDRESS = 6;
const HEX_OF_32_BITS = 8;
const SESSION_CHARACTERS = 32;

/** A user on one day: an address with a user agent (COUNTER 5.1 §7.2, §7.3), of which only a hash is left. */
export interface Visitor {
  /** Two halves of the hash, 32 bits each, signed. */
  high: number;
  low: number;
  userClass: UserClass;
  /** Class and country, as rows have them. */
  bits: number;
  /** Events taken since she was last forgotten. */
  events: number;
  /** The item that her session was last told to have used. */
  lastItem: string;
  salt: string;
  agent: number;
}

interface Agent {
  number: number;
  text: string;
  isRobot: boolean;
}

interface Address extends KnownAddress {
  /** Who came from there lately. */
  visitors: Visitor[];
}

/**
 * Makes users of addresses and agents: the hash with the key of the day, and what the lists say of them. What was found out
 * is kept in memory for a while, since an address with an agent comes many times.
 */
export class Visitors {
  readonly #robots: RobotList;
  readonly #addressRules: Addresses;
  #agents = new Recent<string, Agent>(AGENTS);
  #addresses = new Recent<string, Address>(ADDRESSES);
  #agentNumbers = 0;

  constructor(options: { robots: RobotList; addresses: Addresses }) {
    this.#robots = options.robots;
    this.#addressRules = options.addresses;
  }

  /** @param salt key of the day's hashes @returns undefined for an address that is none */
  visitor(salt: string, addressText: string, agentText: string): Visitor | undefined {
    const userAgent = agentText.length > MOST_AGENT ? beginningOf(agentText) : agentText;
    const address = this.#addresses.get(addressText) ?? this.#newAddress(addressText);
    if (address === undefined) return undefined;
    const agent = this.#agents.get(userAgent) ?? this.#newAgent(userAgent);
    const { visitors } = address;
    for (let i = visitors.length - 1; i >= 0; i--) {
      const known = visitors[i];
      if (known?.agent === agent.number && known.salt === salt) return known;
    }
    const visitor = newVisitor(salt, address, agent);
    if (visitors.length >= MOST_OF_ADDRESS) visitors.shift();
    visitors.push(visitor);
    return visitor;
  }

  /** Lets go of every address and agent: of a closed day no visitor stays in memory, of an open one not for long. */
  forget(): void {
    this.#addresses = new Recent(ADDRESSES);
    this.#agents = new Recent(AGENTS);
  }

  #newAgent(text: string): Agent {
    const name = text.trim();
    // Who does not say what it is, is no browser.
    const isRobot = name === '' || name === '-' || this.#robots.isRobot(name);
    const agent = { number: this.#agentNumbers++, text: name, isRobot };
    this.#agents.set(text, agent);
    return agent;
  }

  #newAddress(text: string): Address | undefined {
    const known = this.#addressRules.read(text.trim());
    if (known === undefined) return undefined;
    const address = { ...known, visitors: [] };
    this.#addresses.set(text, address);
    return address;
  }
}

/** A copy: a part of a text keeps all of it in memory. */
function beginningOf(text: string): string {
  return Buffer.from(text.slice(0, MOST_AGENT)).toString();
}

/** Names a user's session until the end of the day. It cannot be told from it which rows are hers without the day's key. */
export function sessionOf({ salt, high, low }: Visitor): string {
  return hash('sha256', `session ${salt} ${high} ${low}`, 'hex').slice(0, SESSION_CHARACTERS);
}

function newVisitor(salt: string, address: KnownAddress, agent: Agent): Visitor {
  const digest = hash('sha256', `${salt}\n${address.text}\n${agent.text}`, 'hex');
  const userClass = address.isInternal ? INTERNAL : agent.isRobot ? ROBOT : HUMAN;
  return {
    // As signed numbers they lie in the object itself.
    high: Number.parseInt(digest.slice(0, HEX_OF_32_BITS), 16) | 0,
    low: Number.parseInt(digest.slice(HEX_OF_32_BITS, 2 * HEX_OF_32_BITS), 16) | 0,
    userClass,
    bits: userBits(userClass, address.country),
    events: 0,
    lastItem: '',
    salt,
    agent: agent.number,
  };
}
