import { isIP } from 'node:net';
import { type ExportEntry, type ExportRow, textOf, timeOf } from './use.ts';

/** Where Matomo keeps no address at all. */
const NO_ADDRESS = '0.0.0.0';
/** By the name of an action's type, and by its number in Matomo's own tables. */
const KINDS: ReadonlyMap<string, 'investigation' | 'request'> = new Map([
  ['action', 'investigation'],
  ['1', 'investigation'],
  ['download', 'request'],
  ['3', 'request'],
]);
const FLAT = /^actionDetails_(\d{1,4})_(type|url|timestamp)$/;

/**
 * The uses in a visit as `Live.getLastVisitsDetails` of Matomo's reporting API gives it, in JSON (`actionDetails`, a list) or
 * CSV (`actionDetails_0_url`, …): page views and downloads. Also a row with a single action. Matomo leaves robots out itself.
 */
export function* matomoUses(visit: ExportRow): Generator<ExportEntry> {
  const address = textOf(visit['visitIp']) ?? NO_ADDRESS;
  const actions = actionsOf(visit);
  if (actions.length === 0) {
    yield 'EXPORT_ROW_UNREADABLE';
    return;
  }
  const agent = agentOf(visit);
  for (const action of actions) {
    const url = textOf(action['url']);
    const type = textOf(action['type']) ?? textOf(action['actionType']);
    const kind = type === undefined ? undefined : KINDS.get(type);
    if (kind === undefined || url === undefined) {
      yield type === undefined ? 'EXPORT_ROW_UNREADABLE' : 'other';
      continue;
    }
    const time = timeOf(action['timestamp'] ?? action['serverTimestamp'] ?? action['server_time']);
    if (Number.isNaN(time)) yield 'EXPORT_ROW_TIME';
    else if (isIP(address) === 0) yield 'EXPORT_ROW_ADDRESS';
    else yield { time, kind, url, names: [url], address, agent };
  }
}

function actionsOf(visit: ExportRow): ExportRow[] {
  const { actionDetails } = visit;
  if (Array.isArray(actionDetails))
    return actionDetails.filter((one): one is ExportRow => typeof one === 'object' && one !== null);
  const flat = new Map<string, Record<string, unknown>>();
  for (const [name, value] of Object.entries(visit)) {
    const [, number, field] = FLAT.exec(name) ?? [];
    if (number === undefined || field === undefined || value === '') continue;
    const action = flat.get(number) ?? {};
    action[field] = value;
    flat.set(number, action);
  }
  if (flat.size > 0) return [...flat.values()];
  return 'url' in visit ? [visit] : [];
}

/**
 * No header is kept: who shares a shortened address with others is told apart by Matomo's own number of the visitor. Written as
 * all browsers begin, since lists of robots take anything else for one; Matomo has left robots out.
 */
function agentOf(visit: ExportRow): string | undefined {
  const parts = ['browser', 'browserName', 'browserVersion', 'operatingSystem', 'visitorId']
    .map((name) => textOf(visit[name]))
    .filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : `Mozilla/5.0 (${parts.join('; ')})`;
}
