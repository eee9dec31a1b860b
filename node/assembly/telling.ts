import { Notifications } from '../notifications/index.ts';
import { guardedFetch } from '../outbound/index.ts';
import type { Foundation } from './foundation.ts';

/** Builds what receives and sends notifications, and starts it. */
export async function startNotifications(on: Foundation): Promise<Notifications> {
  const { config, store, catalogue, base, userAgent, clock, log, offline, onStop } = on;
  const { services, accept } = config.inbox;
  const notifications = new Notifications({
    section: store.section('notifications'),
    catalogue,
    self: { base, name: config.name },
    services,
    accept,
    fetch: guardedFetch({
      allow: services.flatMap(({ id, inbox }) => [id, ...(inbox === undefined ? [] : [inbox])]),
      userAgent,
      timeoutMs: 30_000,
    }),
    clock,
    log,
  });
  await notifications.start({ sends: !offline });
  onStop(() => notifications.stop());
  return notifications;
}
