import type { AgentParts } from '../described-agent.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import { attributeOf, textOf } from '../xml-table.ts';
import type { XmlElement } from '../../xml/index.ts';

/** What a name stands for, by the roles that it has. */
type Part = 'creator' | 'contributor' | 'publisher' | 'funder' | 'none';

/**
 * MARC relator codes and terms (https://id.loc.gov/vocabulary/relators.html), and the words that repositories have for
 * them. A role that is not here makes a contributor.
 */
const parts: ReadonlyMap<string, Part> = new Map(
  Object.entries<Part>({
    aut: 'creator',
    author: 'creator',
    autor: 'creator',
    auteur: 'creator',
    verfasser: 'creator',
    verfasserin: 'creator',
    cre: 'creator',
    creator: 'creator',
    dis: 'creator',
    dissertant: 'creator',
    art: 'creator',
    artist: 'creator',
    cmp: 'creator',
    composer: 'creator',
    pht: 'creator',
    photographer: 'creator',
    prg: 'creator',
    programmer: 'creator',
    inv: 'creator',
    inventor: 'creator',
    pbl: 'publisher',
    publisher: 'publisher',
    fnd: 'funder',
    funder: 'funder',
    dgg: 'none',
    'degree granting institution': 'none',
    dst: 'none',
    distributor: 'none',
    his: 'none',
    'host institution': 'none',
    own: 'none',
    owner: 'none',
    rps: 'none',
    repository: 'none',
    cph: 'none',
    'copyright holder': 'none',
  }),
);

/** A name; one without a role made the work. */
export function readName(name: XmlElement, description: DescriptionBuilder): void {
  const roles = name
    .childrenNamed('role')
    .flatMap((role) => (role.children.length === 0 ? [role] : role.childrenNamed('roleTerm')))
    .flatMap((term) => [textOf(term), attributeOf(term, 'valueURI').replace(/^.*\//, '')])
    .filter((role) => role !== '')
    .map((role) => role.toLowerCase().replace(/\.$/, ''));
  const known = roles.flatMap((role) => parts.get(role) ?? []);
  const part = known[0] ?? (roles.length === 0 ? 'creator' : 'contributor');
  const parties = agentParts(name);
  if (part === 'creator') description.creator(parties);
  else if (part === 'contributor') description.contributor(parties);
  else if (part === 'publisher') description.publisher(parties.name ?? '');
  else if (part === 'funder') {
    const id = identifiersOf(name).find((text) => /10\.13039\/|ror\.org\//.test(text));
    description.grant({ funder: parties.name ?? '', ...(id !== undefined && { funderId: id }) });
  }
}

/** Dates of life and terms of address are left out; the parts of a corporate name are its hierarchy. */
function agentParts(name: XmlElement): AgentParts {
  const written = name.childrenNamed('namePart');
  const ofType = (type: string): string[] =>
    written.filter((part) => attributeOf(part, 'type').toLowerCase() === type).map(textOf);
  const kind = kinds.get(attributeOf(name, 'type').toLowerCase()) ?? 'unknown';
  const whole = ofType('').join(kind === 'organisation' ? '. ' : ' ');
  const identifiers = identifiersOf(name);
  return {
    name: whole || name.childText('displayForm'),
    family: ofType('family').join(' '),
    given: ofType('given').join(' '),
    orcid: identifiers.find((text) => /orcid/i.test(text))?.replace(/^orcid\s/, '') ?? '',
    affiliation: name
      .childrenNamed('affiliation')
      .map(textOf)
      .filter((text) => text !== '')
      .join('; '),
    kind,
  };
}

const kinds: ReadonlyMap<string, AgentParts['kind'] & {}> = new Map(
  Object.entries<AgentParts['kind'] & {}>({
    personal: 'person',
    corporate: 'organisation',
    conference: 'organisation',
    family: 'organisation',
  }),
);

/** The name's identifiers, an ORCID without its address with the type before it. */
function identifiersOf(name: XmlElement): string[] {
  const written = name.childrenNamed('nameIdentifier').flatMap((identifier) => {
    const text = textOf(identifier);
    const isOrcid = /orcid/i.test(attributeOf(identifier, 'type') + attributeOf(identifier, 'typeURI'));
    return text === '' ? [] : [isOrcid && !/orcid/i.test(text) ? `orcid ${text}` : text];
  });
  const uri = attributeOf(name, 'valueURI');
  return uri === '' ? written : [...written, uri];
}
