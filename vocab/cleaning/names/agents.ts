import type { Agent } from '../../record.ts';
import type { RepairLog } from '../repair.ts';
import { cleanText } from '../text.ts';
import { splitNames } from './lists.ts';
import { agentNamed } from './order.ts';
import { isStandIn, withoutEmails, withoutRemarks } from './remarks.ts';

/** A dash that joins two names is a hyphen. */
const dashInName = /(?<=\p{L})[‐‑–](?=\p{L})/gu;

/** No name is longer. */
const longest = 300;

/**
 * The agents that a creator or contributor field names: persons as `Family, Given` with their parts, organisations by
 * their plain name. A field that lists several gives several; one that says "Anonymous" gives none.
 *
 * Names of persons in natural order are turned round by the custom of their language, as far as the name itself tells
 * it (`order.ts`); where it cannot be told they stay as they are. E-mail addresses are left out, and not repeated.
 */
export function cleanAgents(text: string, log: RepairLog): Agent[] {
  const written = text.includes('@') ? withoutEmails(text) : text;
  if (written !== text) log.add('EMAIL_DROPPED', '…@…', '');
  const clean = cleanText(written, log);
  const names = splitNames(clean);
  if (names.length > 1) log.add('NAME_SPLIT', clean, names.join('; '));
  const agents: Agent[] = [];
  for (const name of names) {
    const agent = cleanAgent(name, log);
    if (agent !== undefined) agents.push(agent);
  }
  return agents;
}

function cleanAgent(written: string, log: RepairLog): Agent | undefined {
  if (written.length > longest) return { name: written, kind: 'unknown' };
  const { name, ...known } = withoutRemarks(written);
  if (isStandIn(name)) {
    if (written !== '') log.add('NAME_DROPPED', written, '');
    return undefined;
  }
  const agent = agentNamed(name.replace(dashInName, '-'));
  const isTurned = agent.family !== undefined && !name.includes(',');
  if (agent.name !== written) log.add(isTurned ? 'NAME_INVERTED' : 'NAME_CLEANED', written, agent.name);
  return { ...agent, ...known };
}
