import { cleanAgents, cleanText, isOrcid, type RepairLog } from '../cleaning/index.ts';
import type { Agent } from '../record.ts';

/** What a source says of one person or organisation, as it is written there. */
export interface AgentParts {
  /** Whole, in whatever order; not needed where the parts are there. */
  name?: string;
  family?: string;
  given?: string;
  /** With or without the address of the registry. */
  orcid?: string;
  affiliation?: string;
  ror?: string;
  /** Absent, or `unknown`, where the source does not say. */
  kind?: Agent['kind'];
}

/**
 * The agent that the parts describe. A name that is not apart is read as a creator field is, and may be that of several
 * agents: what else is said is then nobody's in particular. None where there is no name.
 */
export function describedAgents(parts: AgentParts, log: RepairLog): Agent[] {
  const agents = named(parts, log);
  const [agent] = agents;
  if (agent === undefined || agents.length > 1) return agents;
  const affiliation = cleanText(parts.affiliation ?? '', log);
  const orcid = orcidOf(parts.orcid ?? '', log);
  const ror = rorOf(parts.ror ?? '', log);
  return [
    {
      ...agent,
      ...(orcid !== undefined && { orcid }),
      ...(affiliation !== '' && { affiliation }),
      ...(ror !== undefined && { ror }),
    },
  ];
}

function named(parts: AgentParts, log: RepairLog): Agent[] {
  const family = cleanText(parts.family ?? '', log);
  const given = cleanText(parts.given ?? '', log);
  const name = cleanText(parts.name ?? '', log) || family || given;
  if (name === '') return [];
  if (parts.kind === 'organisation') return [{ name, kind: 'organisation' }];
  if (family !== '' && given !== '') return [person(family, given, log)];
  const agents = cleanAgents(name, log);
  if (parts.kind !== 'person') return agents;
  // One word, or too many to tell the family name.
  return agents.map((agent) => (agent.kind === 'unknown' ? { ...agent, kind: 'person' } : agent));
}

/** With capitals and initials put right; whoever has a family name is a person, whatever it sounds like. */
function person(family: string, given: string, log: RepairLog): Agent {
  const name = `${family}, ${given}`;
  const [agent, ...others] = cleanAgents(name, log);
  return agent?.kind === 'person' && others.length === 0 ? agent : { name, family, given, kind: 'person' };
}

function orcidOf(text: string, log: RepairLog): string | undefined {
  const digits = /(?:^|\/|:)\s*(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])\/?$/i.exec(text.trim())?.slice(1);
  const orcid = digits?.join('-').toUpperCase();
  if (orcid !== undefined && isOrcid(orcid)) return orcid;
  if (text.trim() !== '') log.add('IDENTIFIER_REFUSED', text, '');
  return undefined;
}

/** The form of a ROR id: https://ror.readme.io/docs/ror-identifier-pattern */
function rorOf(text: string, log: RepairLog): string | undefined {
  const id = /^(?:https?:\/\/)?(?:(?:www\.)?ror\.org\/)?(0[a-hj-km-np-tv-z0-9]{6}\d{2})\/?$/i.exec(
    text.trim(),
  )?.[1];
  if (id !== undefined) return `https://ror.org/${id.toLowerCase()}`;
  if (text.trim() !== '') log.add('IDENTIFIER_REFUSED', text, '');
  return undefined;
}
