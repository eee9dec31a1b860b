import { prepareToExpand } from '../../vocab/json-ld/index.ts';
import { syncChannels, type HttpParts } from '../http/index.ts';
import { Notifications } from '../notifications/index.ts';
import { guardedFetch } from '../outbound/index.ts';
import type { PublishedResources } from '../publishing/index.ts';
import { Hub } from '../websub/index.ts';
import type { Foundation } from './foundation.ts';

/** Builds what receives and sends notifications, and starts it. */
export async function startNotifications(on: Foundation): Promise<Notifications> {
  const { config, store, catalogue, institution, base, userAgent, clock, log, offline, onStop } = on;
  const { services, accept } = config.inbox;
  const notifications = new Notifications({
    section: store.section('notifications'),
    catalogue,
    self: {
      base,
      get name() {
        return institution.document.name;
      },
    },
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
  // When a node is back, notifications come all at once: none of them is to wait for that.
  await prepareToExpand();
  return notifications;
}

/** Builds the hub that tells subscribers of changes, where the operator wants it, and starts it. */
export async function startHub(
  on: Foundation,
  { resources, notifications }: { resources: PublishedResources; notifications: Notifications },
): Promise<HttpParts['websub']> {
  const { config, store, base, userAgent, metrics, clock, log, offline, onStop } = on;
  const { enabled, maxLeaseSeconds, privateCallbacks } = config.websub;
  if (!enabled) return undefined;
  const url = `${base}/websub`;
  const channels = syncChannels({ hub: url, resources, site: { base }, notifications });
  const hub = new Hub({
    section: store.section('websub'),
    url,
    topics: channels,
    fetch: guardedFetch({ allow: privateCallbacks, userAgent, timeoutMs: 10_000 }),
    registry: metrics,
    clock,
    log,
    limits: { leaseSeconds: maxLeaseSeconds },
  });
  await hub.start({ sends: !offline });
  onStop(() => hub.stop());
  return { hub, channels };
}
