import type { CountedItem, CountedItems, PlatformUse } from './counted-items.ts';
import { headerJson, type ReportHeader } from './header.ts';
import { itemJson5, itemJson51, parentJson51, performanceJson5, performanceJson51 } from './item-json.ts';
import type { ParentItem } from './item.ts';
import { shows } from './request.ts';

/**
 * An item report as JSON, written as its items are read (CoP 5.1, chapter 5 and the API's description; CoP 5, its API).
 * No item is kept; where parents are told in release 5.1, the keys of the items that have one are.
 */
export async function* itemReportJson(header: ReportHeader, items: CountedItems): AsyncGenerator<string> {
  yield begun(header);
  if (header.request.definition.release === '5') {
    yield* listed(items.all(), (one) => itemJson5(header, one));
  } else if (header.request.withParents) {
    yield* byParent(header, items);
  } else {
    yield* group51(header, '{', items.all());
  }
  yield ']}';
}

/** A platform report as JSON. */
export function platformReportJson(header: ReportHeader, uses: readonly PlatformUse[]): string {
  const { request, platform } = header;
  const attributesOf = ({ dataType }: PlatformUse): object => ({
    ...(dataType !== undefined && { Data_Type: dataType }),
    ...(shows(request, 'Access_Method') && { Access_Method: 'Regular' }),
  });
  const items =
    request.definition.release === '5'
      ? uses.map((use) => ({
          Platform: platform,
          ...attributesOf(use),
          Performance: performanceJson5(header, use.performance),
        }))
      : [
          {
            Platform: platform,
            Attribute_Performance: uses.map((use) => ({
              ...attributesOf(use),
              Performance: performanceJson51(header, use.performance),
            })),
          },
        ];
  return `${begun(header)}${uses.length === 0 ? '' : items.map((item) => JSON.stringify(item)).join(',')}]}`;
}

function begun(header: ReportHeader): string {
  return `{"Report_Header":${JSON.stringify(headerJson(header))},"Report_Items":[`;
}

/** A parent, and the keys of the items that were found to be parts of it. */
interface Group {
  parent: ParentItem;
  keys: string[];
}

/** So many items of several parents wait as text for those of the same parent; a parent that has more goes by itself. */
const MOST_WAITING = 10_000;

/**
 * All items of a parent stand together, once (CoP 5.1, section 5.1), and come in another order. Those without one go out at
 * once; then the items are read again for some parents after the other.
 */
async function* byParent(header: ReportHeader, items: CountedItems): AsyncGenerator<string> {
  const groups = new Map<string, Group>();
  let hasWritten = false;
  const separator = (): string => {
    const text = hasWritten ? ',' : '';
    hasWritten = true;
    return text;
  };
  yield* behind(separator, group51(header, '{', withoutParent(items.all(), groups)));
  for (const round of roundsOf(groups.values())) {
    const [only, ...others] = round;
    if (only === undefined) continue;
    if (others.length === 0) {
      const read = items.withKeys(new Set(only.keys));
      yield* behind(separator, group51(header, opening(header, only), read));
      continue;
    }
    for (const [group, texts] of await textsOf(header, round, items)) {
      yield `${separator()}${opening(header, group)}"Items":[${texts.join(',')}]}`;
    }
  }
}

/** The texts, the first with what separates it from what was written before; where there is none, nothing does. */
async function* behind(separator: () => string, texts: AsyncIterable<string>): AsyncGenerator<string> {
  let isFirst = true;
  for await (const text of texts) {
    yield isFirst ? separator() + text : text;
    isFirst = false;
  }
}

/** The items of several parents, read once. */
async function textsOf(
  header: ReportHeader,
  round: readonly Group[],
  items: CountedItems,
): Promise<Map<Group, string[]>> {
  const groupOf = new Map(round.flatMap((group) => group.keys.map((key) => [key, group] as const)));
  const texts = new Map<Group, string[]>();
  for await (const batch of items.withKeys(new Set(groupOf.keys()))) {
    for (const one of batch) {
      const group = groupOf.get(one.key);
      if (group === undefined) continue;
      const waiting = texts.get(group) ?? [];
      waiting.push(JSON.stringify(itemJson51(header, one)));
      texts.set(group, waiting);
    }
  }
  return texts;
}

function* roundsOf(groups: Iterable<Group>): Generator<Group[]> {
  let round: Group[] = [];
  let size = 0;
  for (const group of groups) {
    if (size > 0 && size + group.keys.length > MOST_WAITING) {
      yield round;
      round = [];
      size = 0;
    }
    round.push(group);
    size += group.keys.length;
  }
  if (size > 0) yield round;
}

/** The items that have no parent; of the others the keys are noted. */
async function* withoutParent(
  batches: AsyncIterable<readonly CountedItem[]>,
  groups: Map<string, Group>,
): AsyncGenerator<CountedItem[]> {
  for await (const batch of batches) {
    yield batch.filter(({ key, item: { parent } }) => {
      if (parent === undefined) return true;
      // The same identifiers are the same parent, though its title be spelt in two ways.
      const { DOI = '', Proprietary = '', URI = '' } = parent.identifiers;
      const name = [parent.dataType, DOI, Proprietary, URI].join('\n');
      const group = groups.get(name);
      if (group === undefined) groups.set(name, { parent, keys: [key] });
      else group.keys.push(key);
      return false;
    });
  }
}

function opening(header: ReportHeader, { parent }: Group): string {
  return `${JSON.stringify(parentJson51(header, parent)).slice(0, -1)},`;
}

/** Items under one parent, or under none; nothing where there are no items. */
async function* group51(
  header: ReportHeader,
  begin: string,
  batches: AsyncIterable<readonly CountedItem[]>,
): AsyncGenerator<string> {
  let isOpen = false;
  for await (const text of listed(batches, (one) => itemJson51(header, one))) {
    yield isOpen ? text : `${begin}"Items":[${text}`;
    isOpen = true;
  }
  if (isOpen) yield ']}';
}

async function* listed(
  batches: AsyncIterable<readonly CountedItem[]>,
  json: (item: CountedItem) => object,
): AsyncGenerator<string> {
  let isFirst = true;
  for await (const batch of batches) {
    if (batch.length === 0) continue;
    const text = batch.map((one) => JSON.stringify(json(one))).join(',');
    yield isFirst ? text : `,${text}`;
    isFirst = false;
  }
}
