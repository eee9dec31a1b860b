/**
 * What was done to a value that a source gave.
 *
 * - `TEXT_MARKUP`: HTML or JATS tags taken out. `TEXT_ENTITIES`: character references resolved that were left in the text.
 * - `TEXT_MOJIBAKE`: UTF-8 that had been read as windows-1252. `TEXT_CONTROL`: invisible characters taken out, joined letters apart.
 * - `TEXT_LATEX`: LaTeX as plain text.
 * - `NAME_INVERTED`: a name in natural order taken apart. `NAME_SPLIT`: several names in one field.
 * - `NAME_CLEANED`: titles, roles, dates of life, capitals or initials put right. `NAME_DROPPED`: a stand-in for a name.
 * - `EMAIL_DROPPED`: an e-mail address with a name; the address is not repeated.
 * - `DATE_READ`: a date in words or in a form of its own. `DATE_IMPOSSIBLE`: one of a month or day that there is not, of
 *   which the rest was kept. `DATE_REFUSED`: no date.
 * - `LANGUAGE_READ`: a language's name. `LANGUAGE_REFUSED`: no language.
 * - `IDENTIFIER_REFUSED`: an identifier of a wrong form, or with a wrong check digit. `HANDLE_UNREGISTERED`: one with the
 *   prefix that DSpace is delivered with. `LINK_MALFORMED`: no address. `LINK_REPAIRED`: a mistyped "http://". `NOTE_DROPPED`: a repository's internal note.
 */
export type RepairCode =
  | 'TEXT_MARKUP'
  | 'TEXT_ENTITIES'
  | 'TEXT_MOJIBAKE'
  | 'TEXT_CONTROL'
  | 'TEXT_LATEX'
  | 'NAME_INVERTED'
  | 'NAME_SPLIT'
  | 'NAME_CLEANED'
  | 'NAME_DROPPED'
  | 'EMAIL_DROPPED'
  | 'DATE_READ'
  | 'DATE_IMPOSSIBLE'
  | 'DATE_REFUSED'
  | 'LANGUAGE_READ'
  | 'LANGUAGE_REFUSED'
  | 'IDENTIFIER_REFUSED'
  | 'HANDLE_UNREGISTERED'
  | 'LINK_MALFORMED'
  | 'LINK_REPAIRED'
  | 'NOTE_DROPPED';

export interface Repair {
  code: RepairCode;
  /** Name of the source's field, `dc:title`. */
  field: string;
  before: string;
  /** Empty where the value was left out. */
  after: string;
}

/** Enough to see what is wrong with a record. */
const mostRepairs = 200;

/** Takes down repairs, up to a number that no honest record needs; the cleaning functions write to it. */
export class RepairLog {
  /** The field that is being read. */
  field = '';
  readonly repairs: Repair[] = [];

  add(code: RepairCode, before: string, after: string): void {
    if (this.repairs.length < mostRepairs) this.repairs.push({ code, field: this.field, before, after });
  }
}
