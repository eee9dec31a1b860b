import { z } from 'zod';
import { discoverInbox } from '../../../protocols/ldn/index.ts';
import { discoverHub } from '../../../protocols/websub/index.ts';
import type { Check } from '../check.ts';
import { CheckFailed, NotApplicable } from '../errors.ts';
import { capabilityList, offeredList } from './resource-list.ts';

const CHANNEL = 'change-notification';

const inboxSchema = z.looseObject({ 'ldp:contains': z.array(z.looseObject({ '@id': z.string() })) });

/** From the node itself to its inbox, which shows what it has received (LDN, section 3.3.2). */
export const showsNotifications: Check = async (visitor) => {
  const front = `${visitor.base}/`;
  const inbox = await discoverInbox(front, visitor.exchange);
  const contained = (await visitor.json(inbox, inboxSchema))['ldp:contains'];
  const [newest] = contained;
  if (newest !== undefined) await visitor.json(newest['@id'], z.unknown());
  return [
    { kind: 'link', address: front, rel: 'inbox', href: inbox },
    { kind: 'has', address: inbox, what: `ldp:contains: ${contained.length}` },
  ];
};

/** The list of changes can be read, and tells from when on (ANSI/NISO Z39.99-2017, section 12). */
export const showsChanges: Check = async (visitor) => {
  const address = await offeredList(visitor, 'changelist');
  const document = await visitor.sync.document(address);
  await document.close();
  const { capability, from } = document.head.metadata;
  if (capability !== 'changelist') throw new CheckFailed({ kind: 'lacks', address, what: 'changelist' });
  if (from === undefined) throw new CheckFailed({ kind: 'lacks', address, what: 'from' });
  return [{ kind: 'has', address, what: `from: ${from}` }];
};

/**
 * The channel of changes is offered with its hub, and says itself where to subscribe (ResourceSync Change Notification
 * 1.0.1, section 5; WebSub, section 4).
 */
export const offersHub: Check = async (visitor) => {
  const list = await capabilityList(visitor);
  const capabilities = await visitor.entries(list);
  const channel = capabilities.find(({ metadata }) => metadata?.capability === CHANNEL);
  if (channel === undefined) throw new NotApplicable('no-channel');
  const hub = channel.links?.find(({ rel }) => rel === 'hub')?.href;
  if (hub === undefined) throw new CheckFailed({ kind: 'no-link', address: list, rel: 'hub' });
  const { address, headers } = await visitor.expect(200, channel.loc, { method: 'HEAD' });
  const discovered = discoverHub(headers.get('link'), address);
  if (discovered === undefined) throw new CheckFailed({ kind: 'no-link', address, rel: 'hub' });
  if (discovered.topic !== address)
    throw new CheckFailed({ kind: 'lacks', address, what: `self: ${address}` });
  if (!discovered.hubs.includes(hub)) throw new CheckFailed({ kind: 'lacks', address, what: `hub: ${hub}` });
  await visitor.expect(200, hub);
  return [
    { kind: 'link', address: list, rel: CHANNEL, href: address },
    { kind: 'link', address, rel: 'hub', href: hub },
  ];
};
