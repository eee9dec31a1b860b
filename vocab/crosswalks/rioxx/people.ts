import { element, raw, type XmlAttributes, type XmlElement } from '../../xml/index.ts';
import type { Agent } from '../../record.ts';
import type { AgentParts } from '../described-agent.ts';
import { attributeOf, textOf } from '../xml-table.ts';

/**
 * A creator, author, contributor or publisher: the name is a child in RIOXX 3 and the text in RIOXX 2; identifiers are
 * children in RIOXX 3, an attribute `id` in RIOXX 2, and `uri` where somebody wrote before RIOXX 3 was final. ISNI, VIAF
 * and an organisation's own ROR have no place in a record.
 */
export function partsOf(agent: XmlElement): AgentParts {
  const ids = [...agent.childrenNamed('id').map(textOf), attributeOf(agent, 'id'), attributeOf(agent, 'uri')];
  return {
    name: nameOf(agent),
    orcid: ids.find((id) => /orcid\.org\//i.test(id) || /^[\dX]{4}(?:-[\dX]{4}){3}$/i.test(id)) ?? '',
  };
}

export function nameOf(agent: XmlElement): string {
  return agent.childText('name') || (agent.children.length === 0 ? textOf(agent) : agent.text.trim());
}

/** As RIOXX 2 has it. */
export function textOfPerson(name: string, { name: text, orcid }: Agent, first: boolean): string {
  return element(name, { id: orcidUri(orcid), ...firstNamed(first) }, text);
}

/** As RIOXX 3 has it. */
export function elementsOfPerson(name: string, { name: text, orcid }: Agent, first: boolean): string {
  const id = orcidUri(orcid);
  const parts = [
    element('rioxxterms:name', {}, text),
    id === undefined ? '' : element('rioxxterms:id', {}, id),
  ];
  return element(name, firstNamed(first), raw(parts.join('')));
}

function orcidUri(orcid: string | undefined): string | undefined {
  return orcid === undefined ? undefined : `https://orcid.org/${orcid}`;
}

function firstNamed(first: boolean): XmlAttributes {
  return { 'first-named-author': first ? 'true' : undefined };
}
