import { asClass, coarClass } from './terms.ts';
import type { GraphNode } from '../ldn/index.ts';

/** The patterns of COAR Notify 1.0.1, and the two of earlier drafts that some still send. */
export const PATTERNS = [
  'request-review',
  'request-endorsement',
  'request-ingest',
  'announce-review',
  'announce-endorsement',
  'announce-relationship',
  'announce-resource',
  'announce-ingest',
  'accept',
  'reject',
  'tentative-accept',
  'tentative-reject',
  'undo-offer',
  'unprocessable',
] as const;
export type PatternName = (typeof PATTERNS)[number];

/** What a pattern does in a conversation. */
export type Role = 'offer' | 'announcement' | 'answer' | 'undo' | 'complaint';

interface Pattern {
  /** Class of Activity Streams. */
  activity: string;
  /** Class of COAR Notify that goes with it. */
  action?: string;
  role: Role;
  /** As the specification calls it. */
  title: string;
}

export const patterns: Readonly<Record<PatternName, Pattern>> = {
  'request-review': { activity: 'Offer', action: 'ReviewAction', role: 'offer', title: 'Request Review' },
  'request-endorsement': {
    activity: 'Offer',
    action: 'EndorsementAction',
    role: 'offer',
    title: 'Request Endorsement',
  },
  'request-ingest': { activity: 'Offer', action: 'IngestAction', role: 'offer', title: 'Request Ingest' },
  'announce-review': {
    activity: 'Announce',
    action: 'ReviewAction',
    role: 'announcement',
    title: 'Announce Review',
  },
  'announce-endorsement': {
    activity: 'Announce',
    action: 'EndorsementAction',
    role: 'announcement',
    title: 'Announce Endorsement',
  },
  'announce-relationship': {
    activity: 'Announce',
    action: 'RelationshipAction',
    role: 'announcement',
    title: 'Announce Relationship',
  },
  'announce-ingest': {
    activity: 'Announce',
    action: 'IngestAction',
    role: 'announcement',
    title: 'Announce Ingest',
  },
  'announce-resource': { activity: 'Announce', role: 'announcement', title: 'Announce Service Result' },
  accept: { activity: 'Accept', role: 'answer', title: 'Accept' },
  reject: { activity: 'Reject', role: 'answer', title: 'Reject' },
  'tentative-accept': { activity: 'TentativeAccept', role: 'answer', title: 'Tentatively Accept' },
  'tentative-reject': { activity: 'TentativeReject', role: 'answer', title: 'Tentatively Reject' },
  'undo-offer': { activity: 'Undo', role: 'undo', title: 'Undo Offer' },
  unprocessable: {
    activity: 'Flag',
    action: 'UnprocessableNotification',
    role: 'complaint',
    title: 'Unprocessable Notification',
  },
};

/** Every activity that some pattern is. */
export const activities: ReadonlySet<string> = new Set(PATTERNS.map((name) => patterns[name].activity));
const knownActions: ReadonlySet<string | undefined> = new Set(PATTERNS.map((name) => patterns[name].action));

/**
 * The patterns that a node's types fit: one where all is well. An Announce without an action of COAR Notify announces the
 * result of a service. Types with an action that is not known here are those of a later version: they fit none.
 */
export function patternsOf({ types }: GraphNode): PatternName[] {
  const classes = new Set(types.map(asClass));
  const actions = new Set(types.map(coarClass).filter((name) => name !== undefined));
  // In Activity Streams each tentative answer is a kind of the plain one, and may say so.
  if (classes.has('TentativeAccept')) classes.delete('Accept');
  if (classes.has('TentativeReject')) classes.delete('Reject');
  return PATTERNS.filter((name) => {
    const { activity, action } = patterns[name];
    if (!classes.has(activity)) return false;
    return action === undefined ? activity !== 'Announce' || actions.size === 0 : actions.has(action);
  });
}

/** Whether a node has an action that no pattern here has: one of a later version. */
export function hasUnknownAction({ types }: GraphNode): boolean {
  const actions = types.map(coarClass).filter((name) => name !== undefined);
  return actions.some((name) => !knownActions.has(name));
}
