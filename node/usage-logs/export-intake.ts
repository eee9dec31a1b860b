import { meaningOf, type PathRule } from '../../protocols/access-log/index.ts';
import {
  exportRefusals,
  type ExportedUse,
  type ExportFormat,
  readExport,
} from '../../protocols/usage-export/index.ts';
import { AGENT_NOT_KEPT, type Taken, type UsageEvent } from './counting.ts';
import type { ItemFinder } from './path-meanings.ts';
import type { Tally } from './tally.ts';

/** Entries whose items are looked up together. */
const LOT = 4_096;

interface ExportIntakeOptions {
  format: ExportFormat;
  take: (events: readonly UsageEvent[]) => Promise<Taken>;
  finder: ItemFinder;
  rules: readonly PathRule[];
  siteUrl: string | undefined;
  tally: Tally;
}

/** Takes an export in, as it comes. Resolves when all of it is kept by the counting. */
export async function takeExport(
  bytes: AsyncIterable<Uint8Array>,
  options: ExportIntakeOptions,
): Promise<void> {
  const { format, tally } = options;
  let lot: ExportedUse[] = [];
  try {
    for await (const entry of readExport(bytes, format)) {
      tally.read();
      if (typeof entry !== 'string') lot.push(entry);
      else if (isRefusal(entry)) tally.refuse(entry);
      else tally.passOver();
      if (lot.length < LOT) continue;
      await takeLot(lot, options);
      lot = [];
    }
  } finally {
    // Of a file that breaks off, too, what was read is taken.
    await takeLot(lot, options);
  }
}

function isRefusal(entry: string): boolean {
  return exportRefusals.some((code) => code === entry);
}

async function takeLot(lot: readonly ExportedUse[], options: ExportIntakeOptions): Promise<void> {
  if (lot.length === 0) return;
  const { take, finder, tally } = options;
  const meant = lot.map((use) => meaningOfUse(use, options));
  const found = await finder.find(meant.map(({ names }) => names));
  const events: UsageEvent[] = [];
  for (const [i, { time, address, agent }] of lot.entries()) {
    const item = found[i] ?? 'unknown';
    if (typeof item === 'string') {
      tally.refuse(item === 'unknown' ? 'LOG_ITEM_UNKNOWN' : 'LOG_ITEM_AMBIGUOUS');
      continue;
    }
    const kind = meant[i]?.kind ?? 'investigation';
    events.push({ key: item.key, kind, time, address, userAgent: agent ?? AGENT_NOT_KEPT });
  }
  if (events.length > 0) tally.took(events.length, await take(events));
}

/** An address means what the rules of the repository say of its path; without a rule, the page or file that it is. */
function meaningOfUse(
  { url, names, kind }: ExportedUse,
  { rules, siteUrl }: ExportIntakeOptions,
): { names: readonly string[]; kind: UsageEvent['kind'] } {
  if (url === undefined || !URL.canParse(url)) return { names, kind };
  const { origin, pathname, search } = new URL(url);
  const meaning = meaningOf(pathname + search, rules, siteUrl ?? origin);
  return meaning === undefined
    ? { names, kind }
    : { names: [...meaning.names, ...names], kind: meaning.kind };
}
