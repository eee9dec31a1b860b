import type { System } from '../../protocols/coar-notify/index.ts';
import { NotificationError } from './errors.ts';
import { isSameAddress, isSameHost } from './iris.ts';
import type { SenderAddresses } from './sender-addresses.ts';
import type { Service } from './service.ts';
import type { Party } from './stored-notification.ts';

/** Who sent a notification, as far as that can be known. */
export interface Sender {
  party: Party;
  service?: Service;
  /** Whether it came from an address of the service's. */
  isConfirmed: boolean;
}

/** The services that are configured, and who of them speaks. */
export class Services {
  readonly all: readonly Service[];
  readonly #accept: 'known' | 'anyone';
  readonly #base: string;
  readonly #addresses: SenderAddresses;

  constructor(options: {
    services: readonly Service[];
    /** Whose notifications are taken at all. */
    accept: 'known' | 'anyone';
    /** The node's own base URL, by which nobody else may go. */
    base: string;
    addresses: SenderAddresses;
  }) {
    this.all = options.services;
    this.#accept = options.accept;
    this.#base = options.base;
    this.#addresses = options.addresses;
  }

  /** A service by its name or its id. */
  named(text: string): Service | undefined {
    return this.all.find(({ name }) => name === text) ?? this.all.find(({ id }) => isSameAddress(id, text));
  }

  /** @throws NotificationError `INBOX_ORIGIN_UNKNOWN` where only known services may post, and this has no origin */
  refuseUnknown(): void {
    if (this.#accept === 'known') throw unknown('It names no origin.');
  }

  /**
   * Who sent a notification: the service that its origin names, where that can be.
   *
   * @param address IP address that it was posted from
   * @throws NotificationError `INBOX_ORIGIN_FORGED`, `INBOX_ORIGIN_REFUSED`, `INBOX_ORIGIN_UNKNOWN`
   */
  async identify(origin: System, address: string | undefined): Promise<Sender> {
    if (isSameAddress(origin.id, this.#base) || isSameAddress(origin.inbox, `${this.#base}/inbox`)) {
      throw forged('Its origin is this node itself, which sends nothing to its own inbox.');
    }
    const service = this.#serviceOf(origin);
    const party = partyOf(origin, service);
    if (service === undefined) {
      if (this.#accept === 'known') throw unknown(`${origin.id} is not among the services configured here.`);
      return { party, isConfirmed: false };
    }
    if (service.trust === 'refuse') {
      throw new NotificationError('INBOX_ORIGIN_REFUSED', `Nothing is taken from ${service.name} here.`, {
        remedy: 'Ask the operator of this node, whose address is on its front page.',
      });
    }
    const origins = await this.#addresses.check(service, address);
    if (origins === 'elsewhere') {
      throw forged(`${service.name} does not post from the address that this came from.`);
    }
    return { party, service, isConfirmed: origins === 'own' };
  }

  #serviceOf(origin: System): Service | undefined {
    const byId = this.all.find(({ id }) => isSameAddress(id, origin.id));
    const byInbox = this.all.find(({ inbox }) => isSameAddress(inbox, origin.inbox));
    const service = byId ?? byInbox;
    if (service === undefined) return undefined;
    const hosts = [service.id, service.inbox];
    for (const named of [origin.id, origin.inbox]) {
      if (named === undefined || hosts.some((host) => isSameHost(host, named))) continue;
      throw forged(`It says that it is from ${service.name}, but ${named} is not on a host of that service.`);
    }
    return service;
  }
}

/** The other side, by what is configured of it before what it says itself: answers go where the operator sends them. */
function partyOf(origin: System, service: Service | undefined): Party {
  const inbox = service?.inbox ?? origin.inbox;
  const name = service?.name ?? origin.name;
  return {
    id: origin.id,
    ...(name !== undefined && { name: name.slice(0, 200) }),
    ...(inbox !== undefined && { inbox }),
    ...(service !== undefined && { service: service.name }),
  };
}

function forged(what: string): NotificationError {
  return new NotificationError('INBOX_ORIGIN_FORGED', what, {
    remedy: 'Send with your own system as the origin, from an address that the operator of this node knows.',
  });
}

function unknown(what: string): NotificationError {
  return new NotificationError(
    'INBOX_ORIGIN_UNKNOWN',
    `This inbox takes notifications from known services only. ${what}`,
    {
      remedy: 'Ask the operator of this node to add your system to its services.',
    },
  );
}
