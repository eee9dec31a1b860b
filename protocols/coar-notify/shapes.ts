import type { PatternName } from './patterns.ts';
import { ACTORS, OBJECT_TYPES, property } from './terms.ts';

/** What a value has to be. */
export type Kind = 'URI' | 'HTTP URI' | 'text';

/** What the specification demands of a node (its MUSTs). */
export interface Shape {
  /** What its `id` is; it has to have one. */
  id: Exclude<Kind, 'text'>;
  /** Classes of Activity Streams of which it has to have one, or any class at all. */
  type?: readonly string[] | 'any';
  parts?: readonly Part[];
}

/** One property of a node, under the name that the specification gives it. */
export interface Part {
  name: string;
  property: string;
  required: boolean;
  is: Kind | Shape;
}

type Written = Omit<Part, 'required'>;
const required = (part: Written): Part => ({ ...part, required: true });
const optional = (part: Written): Part => ({ ...part, required: false });

const inbox: Written = { name: 'inbox', property: property.inbox, is: 'HTTP URI' };
const citeAs: Written = { name: 'ietf:cite-as', property: property.citeAs, is: 'HTTP URI' };
const file: Written = {
  name: 'ietf:item',
  property: property.item,
  is: {
    id: 'HTTP URI',
    type: OBJECT_TYPES,
    parts: [required({ name: 'mediaType', property: property.mediaType, is: 'text' })],
  },
};

const actor: Written = { name: 'actor', property: property.actor, is: { id: 'URI', type: ACTORS } };
const origin: Written = {
  name: 'origin',
  property: property.origin,
  is: { id: 'HTTP URI', type: 'any', parts: [optional(inbox)] },
};
const target: Written = {
  name: 'target',
  property: property.target,
  is: { id: 'HTTP URI', type: 'any', parts: [required(inbox)] },
};
const inReplyTo: Written = { name: 'inReplyTo', property: property.inReplyTo, is: 'URI' };
const summary: Written = { name: 'summary', property: property.summary, is: 'text' };

const object = (is: Shape): Written => ({ name: 'object', property: property.object, is });
/** A work that something is asked for: its landing page, with its file. */
const work = object({
  id: 'HTTP URI',
  type: OBJECT_TYPES,
  parts: [optional(citeAs), required(file)],
});
/** What is announced. */
const result = object({ id: 'URI', type: OBJECT_TYPES, parts: [optional(citeAs)] });
const relationship = object({
  id: 'URI',
  type: OBJECT_TYPES,
  parts: [
    required({ name: 'as:subject', property: property.subject, is: 'URI' }),
    required({ name: 'as:relationship', property: property.relationship, is: 'URI' }),
    required({ name: 'as:object', property: property.object, is: 'URI' }),
  ],
});
const earlierActivity = object({ id: 'URI' });

/**
 * A resource of the target's. Its type, which it may have, is not looked at: the drafts before 1.0 gave `sorg:AboutPage`
 * alone, and nothing depends on it.
 */
const context: Written = {
  name: 'context',
  property: property.context,
  is: { id: 'HTTP URI', parts: [optional(citeAs), optional(file)] },
};

const everywhere: readonly Part[] = [required(origin), required(target), optional(actor)];
const request = [...everywhere, required(work), optional(inReplyTo), optional(summary)];
const announcement = [...everywhere, required(result), optional(inReplyTo), optional(summary)];
const answer = [...everywhere, required(earlierActivity), required(inReplyTo), optional(summary)];

/** What each pattern demands, by COAR Notify 1.0.1; those of Request and Announce Ingest by the drafts. */
export const shapes: Readonly<Record<PatternName, readonly Part[]>> = {
  'request-review': request,
  'request-endorsement': request,
  'request-ingest': request,
  'announce-review': [...announcement, required(context)],
  'announce-endorsement': [...announcement, required(context)],
  'announce-relationship': [
    ...everywhere,
    required(relationship),
    required(context),
    optional(inReplyTo),
    optional(summary),
  ],
  'announce-resource': [...announcement, required(context)],
  'announce-ingest': [...announcement, optional(context)],
  accept: answer,
  reject: answer,
  'tentative-accept': answer,
  'tentative-reject': answer,
  'undo-offer': answer,
  unprocessable: [...everywhere, required(earlierActivity), required(inReplyTo), required(summary)],
};
