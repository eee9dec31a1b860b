import type { IssueKind } from './issue-kind.ts';

const readable = 'What was read is shown with what stood there before.';

/** The description of one item. */
export const metadataKinds = {
  // Records as a whole
  OAI_RECORD_UNREADABLE: {
    severity: 'error',
    title: 'A record cannot be read',
    explains: 'Its XML is broken. What the node had of it from before stays.',
    remedy:
      'Open the record in the repository and look for odd characters or markup in its title and abstract; saving it again often mends it.',
  },
  OAI_RECORD_FAILS: {
    severity: 'error',
    title: 'The repository cannot give out the record',
    explains: 'It fails whenever it is asked for it. It is missing here, or is as it was before.',
    remedy:
      'Open the record in the repository and look for odd characters in its title and abstract; saving it again often mends it.',
    detail: 'GetRecord fails, as does ListRecords where the record is on the page.',
  },
  OAI_RECORD_INCOMPLETE: {
    severity: 'error',
    title: 'A record came without its description',
    explains: 'The repository names the record, but sends no metadata with it.',
    remedy: "Ask the repository's administrator to index this record again.",
  },
  OAI_BAD_DATESTAMP: {
    severity: 'warning',
    title: 'The date of last change is wrong',
    explains: 'The record was read; but nobody can tell by its date whether it has changed.',
    remedy: "Ask the repository's administrator to correct the record's date of last change.",
    detail: 'The datestamp in the header is no UTC date of OAI-PMH 2.0, section 3.3.',
  },
  HARVEST_STAGE_FAILED: {
    severity: 'error',
    title: 'A record cannot be processed',
    explains: 'The node stumbles over it; the fault is the node’s.',
    remedy: 'Report it to the makers of NGR Node, with the record and the detail of this message.',
  },
  RECORD_NO_TITLE: {
    severity: 'warning',
    title: 'The record has no title',
    explains: 'It can hardly be found, and duplicates of it are not recognised.',
    remedy: 'Enter a title where the record is kept.',
  },
  RECORD_NO_CREATOR: {
    severity: 'info',
    title: 'The record names nobody',
    explains: 'Neither author nor contributor is known, so that it is not found by a name.',
    remedy: 'Enter the authors where the record is kept, if the work has any.',
  },
  RECORD_NO_DATE: {
    severity: 'info',
    title: 'The record has no date',
    explains: 'It is not known when the work was published, so that it is not found by year.',
    remedy: 'Enter the date of publication where the record is kept; the year is enough.',
  },
  RECORD_NO_LINK: {
    severity: 'warning',
    title: 'The record leads nowhere',
    explains: 'It has no identifier and no address, so that nobody gets from here to the work.',
    remedy: "Add the address of the item's page, or its DOI or Handle, to what is harvested or imported.",
  },
  RECORD_IN_TWO_SOURCES: {
    severity: 'warning',
    title: 'Two sources have a record of the same identifier',
    explains:
      'They are one record here, as the source describes it that comes first in the configuration; the other description is not shown.',
    remedy:
      'Give each record an identifier of its own; or harvest it from one source only, or put the better source first.',
    detail:
      'OAI-PMH 2.0, section 2.4: an identifier is that of one item. Imports come after configured sources.',
  },
  RECORD_TOO_LARGE: {
    severity: 'warning',
    title: 'A part of the record is too large',
    explains: 'It was cut or left out, so that other nodes take the record.',
    remedy: 'Look at the record where it is kept: this much is hardly meant.',
  },

  // Texts
  TEXT_MARKUP: {
    severity: 'info',
    title: 'Markup was taken out',
    explains: `A text had HTML or other markup in it. ${readable}`,
    remedy: 'Write plain text in this field.',
  },
  TEXT_ENTITIES: {
    severity: 'info',
    title: 'Character codes were turned into characters',
    explains: `A text had codes such as &eacute; where the character was meant. ${readable}`,
    remedy: 'Write the character itself where the record is kept.',
  },
  TEXT_MOJIBAKE: {
    severity: 'info',
    title: 'Garbled accents were put right',
    explains: `A text was damaged by a wrong encoding, as in “SchrÃ¶dinger”. ${readable}`,
    remedy: 'Type the text anew where the record is kept.',
    detail: 'UTF-8 that was read as windows-1252, once or twice.',
  },
  TEXT_CONTROL: {
    severity: 'info',
    title: 'Invisible characters were taken out',
    explains: `A text had characters in it that nobody sees and that keep it from being found. ${readable}`,
    remedy: 'Type the text anew where the record is kept, instead of pasting it.',
  },
  TEXT_DAMAGED: {
    severity: 'warning',
    title: 'Characters are lost',
    explains: 'A title or an abstract has the sign “�” in it, where a system could not read a character.',
    remedy: 'Type the text anew where the record is kept.',
    detail: 'U+FFFD, written by a decoder; what stood there cannot be told.',
  },
  TEXT_LATEX: {
    severity: 'info',
    title: 'LaTeX was turned into plain text',
    explains: `A text had commands of LaTeX in it, as in “Schr\\"{o}dinger”. ${readable}`,
    remedy: 'Write plain text in this field.',
  },

  // Names
  NAME_INVERTED: {
    severity: 'info',
    title: 'A name was turned to family name, given name',
    explains: `Which part is the family name was decided by custom, and may be wrong. ${readable}`,
    remedy: 'Enter names as “Family, Given” where the record is kept.',
  },
  NAME_SPLIT: {
    severity: 'info',
    title: 'Several names in one field were told apart',
    explains: readable,
    remedy: 'Enter each name in a field of its own.',
  },
  NAME_CLEANED: {
    severity: 'info',
    title: 'A name was put right',
    explains: `Titles, roles, dates of life or capital letters were no part of the name. ${readable}`,
    remedy: 'Enter the name alone, without title, role or dates, and not all in capitals.',
  },
  NAME_DROPPED: {
    severity: 'warning',
    title: 'What stands for a name is none',
    explains: 'It was left out.',
    remedy: 'Leave the field empty where no name is known.',
  },
  EMAIL_DROPPED: {
    severity: 'info',
    title: 'An e-mail address was left out',
    explains: 'Addresses of persons are not published; nor is this one repeated here.',
    remedy: 'Take e-mail addresses out of this field.',
  },

  // Dates, languages, codes
  DATE_READ: {
    severity: 'info',
    title: 'A date in an unusual form was read',
    explains: readable,
    remedy: 'Enter dates as 2026-11-21, 2026-11 or 2026.',
  },
  DATE_IMPOSSIBLE: {
    severity: 'warning',
    title: 'There is no such day or month',
    explains: `A date as 30 February was cut to what is possible of it, the month or the year. ${readable}`,
    remedy: 'Look up the date, and correct it where the record is kept.',
  },
  DATE_REFUSED: {
    severity: 'warning',
    title: 'A date is impossible',
    explains: 'It was left out.',
    remedy: 'Enter dates as 2026-11-21, 2026-11 or 2026.',
  },
  LANGUAGE_READ: {
    severity: 'info',
    title: 'The name of a language was turned into its code',
    explains: readable,
    remedy: 'Enter languages by their code, such as en or spa.',
  },
  LANGUAGE_REFUSED: {
    severity: 'warning',
    title: 'A language is unknown',
    explains: 'It was left out.',
    remedy: 'Enter languages by their code, such as en or spa.',
  },
  EMBARGO_ENDED: {
    severity: 'info',
    title: 'The embargo is over',
    explains: 'The record still says that it is under embargo, but the day has come: it is taken for open.',
    remedy:
      'Set the access right to open where the record is kept; if the embargo was prolonged, correct its end.',
  },
  LANGUAGE_DETECTED: {
    severity: 'info',
    title: 'The language was told from the text',
    explains: 'The record names none; title and abstract tell.',
    remedy: 'Enter the language where the record is kept.',
  },
  LANGUAGE_DISAGREES: {
    severity: 'warning',
    title: 'The text is in another language',
    explains:
      'Title and abstract are not in the language that the record names. Both are shown; nothing was changed.',
    remedy:
      'Compare, and correct the language where the record is kept; or name both, where the work is in the other one.',
  },
  IDENTIFIER_REFUSED: {
    severity: 'warning',
    title: 'An identifier has a typing error in it',
    explains: 'It cannot be right, by its form or its check digit, and was left out.',
    remedy: 'Compare it with the publication and correct it where the record is kept.',
  },
  HANDLE_UNREGISTERED: {
    severity: 'warning',
    title: 'A Handle is not registered',
    explains:
      'It begins with 123456789, which DSpace has before it is set up: the link leads nowhere, and was left out.',
    remedy:
      "Have the repository's administrator register a Handle prefix and set it in the configuration of DSpace.",
  },
  LINK_MALFORMED: {
    severity: 'warning',
    title: 'A link is not well formed',
    explains: 'It begins like an address of the web, and is none. It was left out.',
    remedy: 'Correct the address where the record is kept; it has to begin with https:// or http://.',
  },
  LINK_REPAIRED: {
    severity: 'info',
    title: 'A link was put right',
    explains: `The beginning of an address was mistyped. ${readable}`,
    remedy: 'Correct the address where the record is kept; it has to begin with https:// or http://.',
  },
  NOTE_DROPPED: {
    severity: 'info',
    title: 'An internal note was left out',
    explains: 'It is for internal use, and often names people.',
    remedy: 'Nothing, or keep such notes in a field that is not exported.',
  },
} satisfies Readonly<Record<string, IssueKind>>;
