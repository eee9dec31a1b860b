import type { CountedItem } from './counted-items.ts';
import type { ReportHeader } from './header.ts';
import type { Author, ItemIdentifiers, ParentItem, ReportItem } from './item.ts';
import { firstDay, lastDay, type Month } from './months.ts';
import { totalOf, type Performance } from './performance.ts';
import { shows } from './request.ts';

/** An item of release 5.1: Item_Report_Item of the API's description. */
export function itemJson51(header: ReportHeader, { item, performance }: CountedItem): object {
  const { request, platform } = header;
  return {
    Item: item.title,
    Publisher: item.publisher,
    Platform: platform,
    ...(shows(request, 'Authors') && item.authors.length > 0 && { Authors: item.authors.map(author51) }),
    ...(shows(request, 'Publication_Date') &&
      item.publicationDate !== undefined && { Publication_Date: item.publicationDate }),
    ...(shows(request, 'Article_Version') &&
      item.articleVersion !== undefined && { Article_Version: item.articleVersion }),
    Item_ID: item.identifiers,
    Attribute_Performance: [
      {
        ...(shows(request, 'Data_Type') && { Data_Type: item.dataType }),
        ...(shows(request, 'YOP') && { YOP: item.yop }),
        ...(shows(request, 'Access_Type') && { Access_Type: item.accessType }),
        ...(shows(request, 'Access_Method') && { Access_Method: 'Regular' }),
        Performance: performanceJson51(header, performance),
      },
    ],
  };
}

/** What stands beside the items of a parent: Item_Parent_Item of the API's description. */
export function parentJson51(header: ReportHeader, { title, dataType, identifiers }: ParentItem): object {
  return {
    ...(title !== '' && { Title: title }),
    // The standard view has no such element (CoP 5.1, table 4.p).
    ...(header.request.definition.parents === 'optional' && { Data_Type: dataType }),
    Item_ID: identifiers,
  };
}

/** Counts by metric and month; added up, they stand under the first month of the period. */
export function performanceJson51(
  { request, begin }: ReportHeader,
  performance: readonly Performance[],
): Record<string, Record<Month, number>> {
  return Object.fromEntries(
    performance.map((one) => [
      one.metric,
      request.inTotal ? { [begin]: totalOf(one) } : Object.fromEntries(one.counts),
    ]),
  );
}

function author51({ name, orcid }: Author): object {
  return { Name: name, ...(orcid !== undefined && { ORCID: orcid }) };
}

/** An item of release 5: COUNTER_item_usage of its API. */
export function itemJson5(header: ReportHeader, { item, performance }: CountedItem): object {
  const { request, platform } = header;
  return {
    Item: item.title,
    Item_ID: identifiers5(item.identifiers),
    ...itemDetails5(header, item),
    Platform: platform,
    Publisher: item.publisher,
    ...(request.withParents && item.parent !== undefined && { Item_Parent: parent5(item.parent) }),
    ...(shows(request, 'Data_Type') && { Data_Type: item.dataType }),
    ...(shows(request, 'YOP') && { YOP: item.yop }),
    ...(shows(request, 'Access_Type') && { Access_Type: item.accessType }),
    ...(shows(request, 'Access_Method') && { Access_Method: 'Regular' }),
    Performance: performanceJson5(header, performance),
  };
}

/** Instances of use by period: COUNTER_item_performance of release 5. */
export function performanceJson5(
  { request, begin, end }: ReportHeader,
  performance: readonly Performance[],
): object[] {
  const periodOf = (from: Month, to: Month): object => ({
    Begin_Date: firstDay(from),
    End_Date: lastDay(to),
  });
  if (request.inTotal) {
    const instances = performance.map((one) => ({ Metric_Type: one.metric, Count: totalOf(one) }));
    return [{ Period: periodOf(begin, end), Instance: instances }];
  }
  const byMonth = new Map<Month, object[]>();
  for (const { metric, counts } of performance) {
    for (const [month, count] of counts) {
      const instances = byMonth.get(month) ?? [];
      instances.push({ Metric_Type: metric, Count: count });
      byMonth.set(month, instances);
    }
  }
  return [...byMonth]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, instances]) => ({ Period: periodOf(month, month), Instance: instances }));
}

function itemDetails5({ request }: ReportHeader, item: ReportItem): object {
  const { authors, publicationDate, articleVersion } = item;
  return {
    ...(shows(request, 'Authors') &&
      authors.length > 0 && {
        Item_Contributors: authors.map(({ name, orcid }) => ({
          Type: 'Author',
          Name: name,
          ...(orcid !== undefined && { Identifier: `ORCID:${orcid}` }),
        })),
      }),
    ...(shows(request, 'Publication_Date') &&
      publicationDate !== undefined && {
        Item_Dates: [{ Type: 'Publication_Date', Value: publicationDate }],
      }),
    ...(shows(request, 'Article_Version') &&
      articleVersion !== undefined && {
        Item_Attributes: [{ Type: 'Article_Version', Value: articleVersion }],
      }),
  };
}

function parent5({ title, dataType, identifiers }: ParentItem): object {
  return {
    ...(title !== '' && { Item_Name: title }),
    Item_ID: identifiers5(identifiers),
    Data_Type: dataType,
  };
}

function identifiers5(identifiers: ItemIdentifiers): object[] {
  return Object.entries(identifiers).map(([type, value]) => ({ Type: type, Value: value }));
}
