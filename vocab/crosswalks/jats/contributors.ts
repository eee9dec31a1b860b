import type { XmlElement } from '../../xml/index.ts';
import type { AgentParts } from '../described-agent.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import { attributeOf, textOf } from '../xml-table.ts';
import { type Affiliation, affiliationOf } from './affiliations.ts';
import { type JatsArticle, textIn } from './article.ts';

/** Authors are creators; others contributors, but not those who reviewed the article. */
export function readContributors(article: JatsArticle, description: DescriptionBuilder): void {
  for (const group of article.meta.childrenNamed('contrib-group')) readGroup(article, group, description);
}

function readGroup(article: JatsArticle, group: XmlElement, description: DescriptionBuilder): void {
  const beside = [...group.childrenNamed('aff'), ...article.meta.childrenNamed('aff')];
  const shared = beside.length === 1 ? beside.map(affiliationOf) : [];
  for (const child of group.children) {
    if (child.local === 'contrib-group') readGroup(article, child, description);
    if (child.local !== 'contrib') continue;
    const type = attributeOf(child, 'contrib-type') || attributeOf(group, 'content-type');
    if (/review/i.test(type)) continue;
    const parts = agentParts(article, child, shared);
    if (type === '' || /auth|corresp/i.test(type)) description.creator(parts);
    else description.contributor(parts);
  }
}

/** @param shared the one affiliation that there is */
function agentParts(article: JatsArticle, contrib: XmlElement, shared: readonly Affiliation[]): AgentParts {
  const own = affiliationsOf(article, contrib);
  const affiliations = own.length > 0 ? own : shared;
  return {
    ...nameOf(contrib),
    orcid: orcidOf(contrib),
    affiliation: affiliations
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join('; '),
    ror: affiliations.map(({ ror }) => ror).find((ror) => ror !== '') ?? '',
  };
}

/** Of a name in several scripts the first. A collaboration may list its members within its name. */
function nameOf(contrib: XmlElement): AgentParts {
  const alternatives = contrib.child('name-alternatives') ?? contrib.child('collab-alternatives');
  const among = alternatives ?? contrib;
  const name = among.child('name') ?? among.child('string-name') ?? contrib.child('string-name');
  const family = textIn(name?.child('surname'));
  if (name !== undefined && family !== '') {
    const given = textIn(name.child('given-names'));
    const suffix = textIn(name.child('suffix'));
    return { family, given: given !== '' && suffix !== '' ? `${given}, ${suffix}` : given, kind: 'person' };
  }
  if (name !== undefined) return { name: textIn(name.child('given-names')) || textIn(name) };
  const collaboration = among.child('collab') ?? contrib.child('collab') ?? contrib.child('institution');
  return collaboration === undefined ? {} : { name: collaborationName(collaboration), kind: 'organisation' };
}

function collaborationName(collaboration: XmlElement): string {
  const named = collaboration.child('named-content') ?? collaboration.child('institution');
  if (collaboration.child('contrib-group') === undefined) return textIn(collaboration);
  return collaboration.text.trim() || textIn(named);
}

/** A registered contributor id; before there were any, a link. */
function orcidOf(contrib: XmlElement): string {
  for (const child of contrib.children) {
    const text = textOf(child);
    if (child.local === 'contrib-id' && /orcid/i.test(attributeOf(child, 'contrib-id-type') + text))
      return text;
    const address = attributeOf(child, 'href') || text;
    if (/^(?:uri|ext-link)$/.test(child.local) && /orcid\.org\//i.test(address)) return address;
  }
  return '';
}

/** Those within the contributor, and those it refers to. */
function affiliationsOf(article: JatsArticle, contrib: XmlElement): Affiliation[] {
  const own = contrib.childrenNamed('aff').map(affiliationOf);
  const referred = contrib
    .childrenNamed('xref')
    .filter((xref) => /^(?:aff)?$/.test(attributeOf(xref, 'ref-type')))
    .flatMap((xref) => attributeOf(xref, 'rid').split(/\s+/))
    .flatMap((id) => article.affiliation(id) ?? []);
  return [...own, ...referred];
}
