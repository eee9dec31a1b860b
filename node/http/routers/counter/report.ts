import type { Context } from 'koa';
import {
  itemReportJson,
  itemReportTable,
  platformReportJson,
  platformReportTable,
  shows,
  type CountedItem,
  type CountedItems,
  type CounterException,
  type ReportHeader,
  type ReportRequest,
  type TableFormat,
} from '../../../../protocols/counter/index.ts';
import { sendText } from '../../answers/send-text.ts';
import type { Availability } from './availability.ts';
import { platformUse, UsedItems, type UsedItemsOptions } from './used-items.ts';

export type ReportFormat = TableFormat | 'json';

const types: Readonly<Record<ReportFormat, string>> = {
  // UTF-8, and no parameter that says so (RFC 8259, section 11).
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  tsv: 'text/tab-separated-values; charset=utf-8',
};

export interface ReportSurroundings extends Pick<UsedItemsOptions, 'usage' | 'holdings' | 'namespace'> {
  availability: Availability;
  /** Milliseconds since 1970. */
  now: number;
  platform: string;
  createdBy: string;
}

/** Answers with a report, as it is made: as long as it may be, no more than some items of it are in memory. */
export async function sendReport(
  ctx: Context,
  request: ReportRequest,
  format: ReportFormat,
  surroundings: ReportSurroundings,
): Promise<void> {
  const { availability, now, platform, createdBy, namespace } = surroundings;
  const coverage = availability.coverage(request.period);
  const today = new Date(now).toISOString().slice(0, 10);
  const items = new UsedItems({ ...surroundings, request, coverage, today });
  const headerOf = (hasUse: boolean): ReportHeader => ({
    request,
    begin: coverage.from,
    end: coverage.to,
    exceptions: exceptionsOf(request, coverage.exceptions, hasUse || coverage.isEmpty),
    created: now,
    createdBy,
    platform,
    namespace,
  });
  ctx.set('Cache-Control', 'no-store');
  ctx.vary('Accept');
  if (format !== 'json') {
    const name = `${request.definition.id}_${coverage.from}_${coverage.to}.${format}`;
    ctx.set('Content-Disposition', `attachment; filename="${name}"`);
  }
  const unknown = coverage.unknown;
  if (!request.definition.isByItem) {
    const uses = await platformUse(items, shows(request, 'Data_Type'));
    const header = headerOf(uses.length > 0);
    const body =
      format === 'json'
        ? platformReportJson(header, uses)
        : platformReportTable(header, uses, { format, unknown });
    sendText(ctx, { type: types[format], body });
    return;
  }
  // The header stands first, and tells whether there is anything: so the first item is awaited.
  const begun = await beginning(items);
  ctx.res.once('close', () => void begun.close());
  const header = headerOf(!begun.isEmpty);
  sendText(ctx, {
    type: types[format],
    body: () =>
      format === 'json'
        ? itemReportJson(header, begun.items)
        : itemReportTable(header, begun.items.all(), { format, unknown }),
  });
}

/** No report is empty without a reason; 3030 would keep those from coming again for whom something is not ready yet. */
function exceptionsOf(
  request: ReportRequest,
  ofPeriod: readonly CounterException[],
  isExplained: boolean,
): CounterException[] {
  const isAwaited = ofPeriod.some(({ code }) => code === 3031);
  return [
    ...(isExplained || isAwaited ? [] : [{ code: 3030 } as const]),
    ...ofPeriod,
    ...request.exceptions,
  ].toSorted((a, b) => a.code - b.code);
}

/** Items of which the first ones were read already. */
async function beginning(
  items: CountedItems,
): Promise<{ items: CountedItems; isEmpty: boolean; close: () => Promise<unknown> }> {
  const rest = items.all()[Symbol.asyncIterator]();
  let first: readonly CountedItem[] = [];
  for (let isDone: boolean | undefined = false; first.length === 0 && isDone !== true;) {
    const next = await rest.next();
    isDone = next.done;
    if (next.done !== true) first = next.value;
  }
  async function* all(): AsyncGenerator<readonly CountedItem[]> {
    yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  }
  return {
    items: { all, withKeys: (keys) => items.withKeys(keys) },
    isEmpty: first.length === 0,
    close: async () => await rest.return?.(),
  };
}
