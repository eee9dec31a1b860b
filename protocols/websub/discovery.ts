import { parseLinkHeader, writeLinkHeader } from '../signposting/index.ts';

/** Where a topic is subscribed to, and under which address. */
interface Discovered {
  hubs: string[];
  topic: string;
}

/** The `Link` header by which a topic tells its hub and its own address (WebSub, sections 4 and 7): both in one header. */
export function topicLinks({ hub, topic }: { hub: string; topic: string }): string {
  return writeLinkHeader([
    { href: hub, rel: 'hub' },
    { href: topic, rel: 'self' },
  ]);
}

/**
 * What a resource's `Link` header tells a subscriber (WebSub, section 4): at least one hub and exactly one `self`, else
 * undefined.
 *
 * @param at the address that was asked, against which links are resolved
 */
export function discoverHub(link: string | null, at: string): Discovered | undefined {
  const links = link === null ? [] : parseLinkHeader(link, at);
  const of = (rel: string): string[] => links.filter((one) => one.rel === rel).map(({ href }) => href);
  const [hubs, [topic, ...others]] = [of('hub'), of('self')];
  return hubs.length > 0 && topic !== undefined && others.length === 0 ? { hubs, topic } : undefined;
}
