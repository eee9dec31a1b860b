import { resourceTypes } from '../../vocab/coar/index.ts';
import { crosswalkFor } from '../../vocab/crosswalks/index.ts';
import { isTombstone, type Holding, type NodeId, type Record as NgrRecord } from '../../vocab/record.ts';
import { receivedFormats } from './received.ts';

/** The form of a setSpec (OAI-PMH.xsd, setSpecType). */
const SET_SPEC = /^[A-Za-z0-9\-_.!~*'()]+(?::[A-Za-z0-9\-_.!~*'()]+)*$/;

export const ORIGIN = 'origin';
export const TYPE = 'type';

/** Everything. */
export const ALL = '';

/** The form of a language tag (RFC 5646, section 2.1), as far as records have them. */
export const LANGUAGE_TAG = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}$/;

/** What else records are listed by, beside sets. No setSpec has the character in front. */
const MARK = '#';
const RECEIVED = `${MARK}received:`;

export const receivedIn = (format: string): string => RECEIVED + format;
export const publishedIn = (year: string): string => `${MARK}year:${year}`;
export const withAccess = (right: string): string => `${MARK}access:${right}`;
export const inLanguage = (language: string): string => `${MARK}language:${language}`;
/** Whether a set is one for others to ask for. */
export const isPublicSet = (set: string): boolean => set !== ALL && !set.startsWith(MARK);

export const originSet = (node: NodeId): string => `${ORIGIN}:${node}`;
/** @param type a COAR Resource Type, by its URI or the last part of it */
export const typeSet = (type: string): string => `${TYPE}:${type.slice(type.lastIndexOf('/') + 1)}`;

/**
 * The sets a holding belongs to, for which it is found: those of its source, where it is the node's own; one by its
 * resource type; one by its origin; all that are above them (section 2.7.2); and marks of what else it is listed by.
 */
export function setsOf(holding: Holding, self: NodeId): string[] {
  const sets = new Set<string>([ALL]);
  const specs = [originSet(holding.node), ...(holding.node === self ? holding.sets : [])];
  if (!isTombstone(holding)) {
    if (resourceTypes.byUri(holding.type ?? '') !== undefined) specs.push(typeSet(holding.type ?? ''));
    for (const mark of marksOf(holding)) sets.add(mark);
  }
  for (const spec of specs) if (SET_SPEC.test(spec)) addWithThoseAbove(spec, sets);
  return [...sets];
}

/** Only what can be asked for: other nodes write what they like. */
function marksOf(record: NgrRecord): string[] {
  const { published = '', access, languages } = record;
  return [
    ...(/^\d{4}(?:-|$)/.test(published) ? [publishedIn(published.slice(0, 4))] : []),
    ...(access === undefined ? [] : [withAccess(access.right)]),
    ...languages.filter((language) => LANGUAGE_TAG.test(language)).map(inLanguage),
    ...receivedFormats(record)
      .filter((format) => crosswalkFor(format) !== undefined)
      .map(receivedIn),
  ];
}

function addWithThoseAbove(spec: string, sets: Set<string>): void {
  for (let end = spec.length; end > 0; end = spec.lastIndexOf(':', end - 1)) sets.add(spec.slice(0, end));
}
