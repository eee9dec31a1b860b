import { Notifications, type InboxLimits, type Service } from '../../node/notifications/index.ts';
import type { Catalogue } from '../../node/catalogue/index.ts';
import type { Clock } from '../../node/clock.ts';
import type { Store } from '../../node/store/index.ts';
import type { Fetch } from '../../protocols/ldn/index.ts';
import { silentLog } from './test-catalogue.ts';

export interface TestNotificationsOptions {
  catalogue: Catalogue;
  store: Store;
  clock: Clock;
  services?: readonly Service[];
  accept?: 'known' | 'anyone';
  fetch?: Fetch;
  limits?: InboxLimits;
  /** IP addresses by host name. */
  hosts?: Readonly<Record<string, readonly string[]>>;
}

/** Notifications over a test's store: nothing goes out but by the test's own fetch, ids are counted, and no pause is by chance. */
export function someNotifications(options: TestNotificationsOptions): Notifications {
  const { catalogue, store, clock, services = [], accept = 'anyone', hosts = {}, limits } = options;
  let ids = 0;
  return new Notifications({
    section: store.section('notifications'),
    catalogue,
    self: { base: catalogue.base, name: 'University of Wyreford' },
    services,
    accept,
    fetch: options.fetch ?? ((address) => Promise.reject(new Error(`${address} is not to be asked`))),
    clock,
    log: silentLog,
    lookup: (hostname) => Promise.resolve(hosts[hostname] ?? []),
    random: () => 0,
    newId: () => `urn:sent:${encodeURIComponent(catalogue.base)}:${(ids += 1)}`,
    ...(limits !== undefined && { limits }),
  });
}
