/** A link to be given out, from whatever it stands with. */
export interface GivenLink {
  /** Absolute. */
  href: string;
  /** One relation type, or several with spaces between them (RFC 8288, section 3.3). */
  rel: string;
  /** Media type of what is there. */
  type?: string;
  /** What kind of that media type: the namespace of XML, for instance (RFC 6906; FAIR profile, section 3.5). */
  profile?: string;
}

const MEDIA_TYPE = /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}$/;
const UNSAFE = /[\s<>"\\]/;

/** Links as the value of a `Link` header (RFC 8288, section 3). What cannot stand in one is left out. */
export function writeLinkHeader(links: readonly GivenLink[]): string {
  return links.filter(isSafe).map(headerLink).join(', ');
}

/** Links of several resources as a link set in JSON (RFC 9264, section 4.2); a link of several types stands once for each. */
export function writeLinkset(contexts: readonly { anchor: string; links: readonly GivenLink[] }[]): string {
  return JSON.stringify({
    linkset: contexts.map(({ anchor, links }) => {
      const byType: Record<string, { href: string; type?: string; profile?: string[] }[]> = {};
      for (const { rel, profile, type, href } of links.filter(isSafe)) {
        for (const each of rel.split(' ')) {
          (byType[each] ??= []).push({
            href,
            ...(isMediaType(type) && { type }),
            // Attributes that RFC 8288 does not define are lists (section 4.2.4.3).
            ...(profile !== undefined && { profile: [profile] }),
          });
        }
      }
      return { anchor, ...byType };
    }),
  });
}

function headerLink({ href, rel, type, profile }: GivenLink): string {
  return [
    `<${href}>`,
    `rel="${rel}"`,
    ...(isMediaType(type) ? [`type="${type}"`] : []),
    ...(profile === undefined ? [] : [`profile="${profile}"`]),
  ].join('; ');
}

/** A media type out of a record has to be one. */
function isMediaType(type: string | undefined): type is string {
  return type !== undefined && MEDIA_TYPE.test(type);
}

function isSafe({ href, profile = '' }: GivenLink): boolean {
  return !UNSAFE.test(href) && !UNSAFE.test(profile);
}
