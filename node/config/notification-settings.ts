import { z } from 'zod';
import { httpUrl, ipRange, listOf, name, oneOf, wholeNumber, yesOrNo } from './values.ts';

const service = z.strictObject({
  name: name().describe('Name of the service in commands and lists.'),
  id: httpUrl().describe('Address by which it names itself in notifications ("origin.id").'),
  inbox: httpUrl()
    .exactOptional()
    .describe('Address of its inbox. Without it, the inbox is looked for where the id leads.'),
  trust: oneOf(['ask', 'accept', 'refuse'])
    .default('ask')
    .describe(
      'What becomes of the reviews, endorsements and relationships that it announces: "ask" leaves them to a person, "accept" shows them at once where it is sure that the service has sent them, "refuse" takes nothing from it.',
    ),
  addresses: listOf(ipRange(), 'a list of IP addresses', 100)
    .exactOptional()
    .describe(
      'IP addresses that it posts from; what comes from others is refused. Without it, those that the names of its hosts lead to are known as its own.',
    ),
});

/** Notifications, and the services that they come from and go to. */
export const inboxSettings = z.strictObject({
  accept: oneOf(['anyone', 'known'])
    .default('anyone')
    .describe(
      'Who may post notifications: "anyone", which then waits for a person, or "known" services only.',
    ),
  services: listOf(service, 'a list of services', 500)
    .default([])
    .describe(
      'Services that notifications come from and go to: reviewers, overlay journals, other repositories.',
    ),
});

/** The hub that sends changes to subscribers. */
export const webSubSettings = z.strictObject({
  enabled: yesOrNo()
    .default(true)
    .describe('Whether others can subscribe to changes at /websub, and have them sent to their callbacks.'),
  maxLeaseSeconds: wholeNumber(60, 365 * 86_400)
    .default(10 * 86_400)
    .describe('For how long a subscription lasts at the most before it has to be renewed.'),
  privateCallbacks: listOf(httpUrl(), 'a list of addresses', 500)
    .default([])
    .describe(
      'Addresses of subscribers within the private network or on this machine, of which host and port count. No others are called there.',
    ),
});
