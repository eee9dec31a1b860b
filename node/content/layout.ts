import { foldedForm } from '../../vocab/cleaning/index.ts';
import { isRecordKey } from '../../vocab/record-key.ts';
import { isTombstone, type Holding } from '../../vocab/record.ts';
import {
  CONTENT_STATES,
  contentStateOf,
  TEXT_STATES,
  textStateOf,
  type ContentState,
  type TextState,
} from './states.ts';

/**
 * The keys of the section 'content', the own records in the orders in which a manager looks at them.
 *
 *     <order>!<state>!<text>!<value><1><key>   a record; `<value>` is what it is ordered by, `<1>` the character U+0001
 *     k!<key>                                  where it stands: state, text and the values, parted by U+0001
 *     n!<state>!<text>                         how many there are, in decimal digits
 */
export const CONTENT_ORDERS = ['changed', 'published', 'title'] as const;
export type ContentOrder = (typeof CONTENT_ORDERS)[number];

/** Before whatever a value has, so that a short value comes before a longer one that begins with it. */
const BREAK = '\u0001';
/** Behind the "!" of a prefix. */
const BEHIND = '"';
const LONGEST_TITLE = 80;

/** Records that are alike in state and text lie together, so that each choice of a filter is some ranges. */
export interface Drawer {
  state: ContentState;
  text: TextState;
}

export const drawers: readonly Drawer[] = CONTENT_STATES.flatMap((state) =>
  TEXT_STATES.filter((text) => text === 'none' || (state !== 'withdrawn' && state !== 'deleted')).map(
    (text) => ({ state, text }),
  ),
);

/** Where a record stands: in which drawer, and at what in each order. */
export interface Standing extends Drawer {
  values: Readonly<Record<ContentOrder, string>>;
}

export function standingOf(holding: Holding): Standing {
  const published = isTombstone(holding) ? '' : (holding.published ?? '');
  return {
    state: contentStateOf(holding),
    text: textStateOf(holding),
    values: {
      changed: holding.datestamp,
      published,
      title: foldedForm(holding.titles[0]?.value.slice(0, 4 * LONGEST_TITLE) ?? '')
        .slice(0, LONGEST_TITLE)
        .toWellFormed(),
    },
  };
}

export const standingKey = (key: string): string => `k!${key}`;

export function encodeStanding({ state, text, values }: Standing): Uint8Array {
  return Buffer.from([state, text, ...CONTENT_ORDERS.map((order) => values[order])].join(BREAK));
}

export function decodeStanding(bytes: Uint8Array): Standing {
  const [state = '', text = '', changed = '', published = '', title = ''] = Buffer.from(bytes)
    .toString()
    .split(BREAK);
  return { state: state as ContentState, text: text as TextState, values: { changed, published, title } };
}

/** Where a record stands in an order: text order is the order. */
export const placeOf = (order: ContentOrder, { values }: Pick<Standing, 'values'>, key: string): string =>
  values[order] + BREAK + key;
export const keyOfPlace = (place: string): string => place.slice(place.lastIndexOf(BREAK) + 1);
export const isPlace = (text: string): boolean =>
  text.split(BREAK).length === 2 && isRecordKey(keyOfPlace(text));

const prefixOf = (order: ContentOrder, { state, text }: Drawer): string => `${order}!${state}!${text}!`;

export const memberKey = (order: ContentOrder, standing: Standing, key: string): string =>
  prefixOf(order, standing) + placeOf(order, standing, key);

export function memberRange(
  order: ContentOrder,
  drawer: Drawer,
  { after, reverse }: { after: string | undefined; reverse: boolean },
): { gt: string; lt: string } {
  const prefix = prefixOf(order, drawer);
  const [begin, end] = [prefix, prefix.slice(0, -1) + BEHIND];
  if (after === undefined) return { gt: begin, lt: end };
  return reverse ? { gt: begin, lt: prefix + after } : { gt: prefix + after, lt: end };
}

export const placeOfMemberKey = (order: ContentOrder, drawer: Drawer, key: string): string =>
  key.slice(prefixOf(order, drawer).length);

export const countKey = ({ state, text }: Drawer): string => `n!${state}!${text}`;
export const encodeCount = (count: number): Uint8Array => Buffer.from(String(count));
export const decodeCount = (bytes: Uint8Array | undefined): number =>
  bytes === undefined ? 0 : Number(Buffer.from(bytes).toString());
