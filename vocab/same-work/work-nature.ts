import { nearestType } from '../coar/index.ts';

/** What kind of thing a record describes, as coarsely as it takes to tell a thing from what is beside it. */
export type WorkNature =
  | 'data'
  | 'software'
  | 'media'
  | 'thesis'
  | 'book'
  | 'part'
  | 'paper'
  | 'review'
  | 'teaching';

/** By the local names of COAR Resource Types 3. */
const natures: Readonly<Record<string, WorkNature>> = {
  c_ddb1: 'data',
  c_5ce6: 'software',
  c_c513: 'media',
  c_18cc: 'media',
  c_12ce: 'media',
  c_8a7e: 'media',
  c_12cc: 'media',
  c_46ec: 'thesis',
  c_2f33: 'book',
  c_3248: 'part',
  c_efa0: 'review',
  c_ba08: 'review',
  c_6501: 'paper',
  c_2df8fbb1: 'paper',
  c_3e5a: 'paper',
  c_5794: 'paper',
  c_c94f: 'paper',
  c_f744: 'book',
  c_816b: 'paper',
  c_8042: 'paper',
  c_93fc: 'paper',
  c_e059: 'teaching',
};

export const workNature = (type: string | undefined): WorkNature | undefined => nearestType(type, natures);

const notText: ReadonlySet<WorkNature> = new Set(['data', 'software', 'media'] as const);

/** Whether one is a text and the other what the text is about: a data set, a program, a film. */
export function areThingAndText(a: WorkNature | undefined, b: WorkNature | undefined): boolean {
  if (a === undefined || b === undefined || a === b) return false;
  return notText.has(a) || notText.has(b);
}

export const natureLevels = ['same', 'related', 'different'] as const;
export type NatureLevel = (typeof natureLevels)[number];

/** A chapter, a report or a lecture may be the same text as an article; a thesis or a book is another. */
export function compareNatures(
  a: WorkNature | undefined,
  b: WorkNature | undefined,
): NatureLevel | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (a === b) return 'same';
  const isLarge = (nature: WorkNature): boolean =>
    nature === 'thesis' || nature === 'book' || nature === 'review';
  return isLarge(a) || isLarge(b) ? 'different' : 'related';
}
