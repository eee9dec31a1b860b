/**
 * What is kept of logs, in a section of their own. Nothing of a line is.
 *
 *     f!<log>!<hash>          a file, known by a hash of its first bytes, and how far it is read (`StoredFile`)
 *     a!<log>!<file>          an archive that is read to its end, by inode, size and time; `damaged` where it is
 *     t!<log>                 what became of all lines so far (`LogFigures`)
 *     r!<log>!<day>           what was refused of those that were read on a day (codes with their numbers)
 *     d!<site>!<object>       which handle DSpace says that an item or file has (`StoredAnswer`)
 *
 * Values are JSON. A position is written when all before it is kept by the counting, never before: after a crash some lines
 * are read again, and count once.
 */

export interface StoredFile {
  /** Bytes that the hash is of. */
  headLength: number;
  /** Bytes of its content that are read. */
  position: number;
  /** When it was seen last, milliseconds since 1970, to a day. */
  seenAt: number;
}

export interface StoredAnswer {
  handle: string;
}

export type Refusals = Readonly<Record<string, number>>;

const part = (text: string): string => encodeURIComponent(text).replaceAll('!', '%21');
const startingWith = (start: string): { gte: string; lt: string } => ({ gte: start, lt: `${start}\uffff` });

export const fileKey = (log: string, hash: string): string => `f!${part(log)}!${hash}`;
export const filesRange = (log: string): { gte: string; lt: string } => startingWith(`f!${part(log)}!`);
export const archiveKey = (log: string, file: string): string => `a!${part(log)}!${file}`;
export const archivesRange = (log: string): { gte: string; lt: string } => startingWith(`a!${part(log)}!`);
export const figuresKey = (log: string): string => `t!${part(log)}`;
/** @param day `2026-11-21` */
export const refusalsKey = (log: string, day: string): string => `r!${part(log)}!${day}`;
export const refusalsRange = (log: string): { gte: string; lt: string } => startingWith(`r!${part(log)}!`);
/** @param object as `item <uuid>` */
export const answerKey = (site: string, object: string): string => `d!${part(site)}!${part(object)}`;
/** What stands behind the last mark of a key. */
export const lastPart = (key: string): string => key.slice(key.lastIndexOf('!') + 1);

export const stored = (value: object): Uint8Array => Buffer.from(JSON.stringify(value));
export function readStored<T>(value: Uint8Array): T {
  return JSON.parse(Buffer.from(value).toString()) as T;
}
