import type { AgentParts } from '../described-agent.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import type { Property } from './property.ts';

export function readCreator(creator: Property, description: DescriptionBuilder): void {
  description.creator(agentParts(creator, 'creatorName'));
}

/** Contributor types of those who had no part in the work itself, in lower case; they are left to the raw metadata. */
const aside = new Set([
  'hostinginstitution',
  'distributor',
  'registrationagency',
  'registrationauthority',
  'rightsholder',
]);

/** A contributor; a funder (up to kernel 3 there are no funding references) with the award as an identifier. */
export function readContributor(contributor: Property, description: DescriptionBuilder): void {
  const type = (contributor.get('contributorType') || contributor.get('type')).toLowerCase();
  if (aside.has(type)) return;
  const parts = agentParts(contributor, 'contributorName');
  if (type !== 'funder') return description.contributor(parts);
  const awards = contributor.all('nameIdentifier').map(({ text }) => text);
  if (!awards.some((award) => description.funding(award))) description.grant({ funder: parts.name ?? '' });
}

/** The organisation's own identifiers (ROR, ISNI) have no place in a record; those of its parent have. */
function agentParts(person: Property, nameProperty: string): AgentParts {
  const [written] = person.all(nameProperty);
  const family = person.get('familyName');
  const given = person.get('givenName');
  const name = written?.text || person.get('name') || (person.isPlain ? person.text : '');
  const nameType = written?.get('nameType') || person.get('nameType') || person.get('type');
  const affiliations = person.all('affiliation');
  return {
    name,
    family,
    given,
    orcid: orcidOf(person),
    affiliation: affiliations
      .map(({ text }) => text)
      .filter((text) => text !== '' && !isRor(text))
      .join('; '),
    ror: rorOf(affiliations),
    kind: kindOf(nameType),
  };
}

function kindOf(nameType: string): 'person' | 'organisation' | 'unknown' {
  if (/^organi[sz]ation/i.test(nameType)) return 'organisation';
  return /^person/i.test(nameType) ? 'person' : 'unknown';
}

function orcidOf(person: Property): string {
  for (const identifier of person.all('nameIdentifier')) {
    const scheme = identifier.get('nameIdentifierScheme') || identifier.get('schemeURI');
    if (identifier.text !== '' && /orcid/i.test(`${scheme} ${identifier.text}`)) return identifier.text;
  }
  const id = person.get('id');
  return /orcid\.org\//i.test(id) ? id : '';
}

function rorOf(affiliations: readonly Property[]): string {
  for (const affiliation of affiliations) {
    const identifier = affiliation.get('affiliationIdentifier');
    const scheme = affiliation.get('affiliationIdentifierScheme');
    if (isRor(identifier) || (identifier !== '' && /^ror$/i.test(scheme))) return identifier;
    if (isRor(affiliation.text)) return affiliation.text;
  }
  return '';
}

function isRor(text: string): boolean {
  return /^(?:https?:\/\/)?(?:www\.)?ror\.org\//i.test(text);
}
