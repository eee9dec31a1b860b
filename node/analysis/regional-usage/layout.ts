/**
 * The keys of the section of the regional usage. A month is `YYYY-MM`, a page two hex digits.
 *
 *     s!<node>!<month>           the summary that stands, as its node signed it (`encodeSummary`)
 *     v!<node>!<month>           which works are held of it (`WorksHeld`, DAG-CBOR)
 *     w!<month>!<page>!<node>    a page of those works, where it has rows
 *     d!<node>                   what the operator has decided of that node's usage (`Decision`, DAG-CBOR)
 *     o!<month>                  of which state of the own counts the own summary is made (`OwnState`, DAG-CBOR)
 *
 * The pages of all nodes lie together, so that one work is looked for in a row a month; and a month that is over lies
 * apart from those that still change.
 */
import * as dagCbor from '@ipld/dag-cbor';
import type { NodeId } from '../../../vocab/record.ts';

const END = '~';

interface KeyRange {
  gt: string;
  lt: string;
}
const under = (start: string): KeyRange => ({ gt: start, lt: start + END });

export const summaryKey = (node: NodeId, month: string): string => `s!${node}!${month}`;
export const summariesOf = (node: NodeId): KeyRange => under(`s!${node}!`);
export const summaryRange = under('s!');

export const worksHeldKey = (node: NodeId, month: string): string => `v!${node}!${month}`;
export const worksHeldRange = under('v!');
/** Of the keys of both. */
export function nodeAndMonthOf(key: string): { node: NodeId; month: string } {
  const [, node = '', month = ''] = key.split('!');
  return { node, month };
}

const pageText = (page: number): string => page.toString(16).padStart(2, '0');
export const pageKey = (month: string, page: number, node: NodeId): string =>
  `w!${month}!${pageText(page)}!${node}`;
export const pageOfAllNodes = (month: string, page: number): KeyRange =>
  under(`w!${month}!${pageText(page)}!`);
export const nodeOfPageKey = (key: string): NodeId => key.slice(key.lastIndexOf('!') + 1);

export const decisionKey = (node: NodeId): string => `d!${node}`;
export const decisionRange = under('d!');
export const nodeOfDecisionKey = (key: string): NodeId => key.slice('d!'.length);

export const ownStateKey = (month: string): string => `o!${month}`;

/** Which works of a month are held. */
export interface WorksHeld {
  /** Of the summary that said them. */
  revision: number;
  /** Hex. */
  digest: string;
  /** When they were taken in, milliseconds since 1970. */
  at: number;
}

export function encodeWorksHeld({ revision, digest, at }: WorksHeld): Uint8Array {
  return dagCbor.encode([revision, digest, at]);
}

export function decodeWorksHeld(bytes: Uint8Array): WorksHeld {
  const [revision, digest, at] = dagCbor.decode<[number, string, number]>(bytes);
  return { revision, digest, at };
}

/** What the operator has said of a node's usage. */
export interface Decision {
  word: 'accepted' | 'refused';
  /** The most investigations of a month that there were when it was said. */
  upTo: number;
  /** Milliseconds since 1970. */
  time: number;
}

export function encodeDecision({ word, upTo, time }: Decision): Uint8Array {
  return dagCbor.encode([word, upTo, time]);
}

export function decodeDecision(bytes: Uint8Array): Decision {
  const [word, upTo, time] = dagCbor.decode<[Decision['word'], number, number]>(bytes);
  return { word, upTo, time };
}

/** A state of the own counts of a month: the number that goes up with each change, and whether it is final. */
export interface OwnState {
  version: number;
  isFinal: boolean;
}

export function encodeOwnState({ version, isFinal }: OwnState): Uint8Array {
  return dagCbor.encode([version, isFinal]);
}

export function decodeOwnState(bytes: Uint8Array): OwnState {
  const [version, isFinal] = dagCbor.decode<[number, boolean]>(bytes);
  return { version, isFinal };
}
