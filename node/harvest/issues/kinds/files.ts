import type { IssueKind } from './issue-kind.ts';

const keptBefore = 'What the node had of them from before is kept.';

/** Files as a source: imports, and folders that are harvested (docs/import.md). */
export const fileKinds = {
  FILES_NOT_THERE: {
    severity: 'error',
    title: 'The files are not there',
    explains: 'The path of the source leads to nothing. The records from before stay as they are.',
    remedy: 'Correct the path of this source in the configuration, or put the files back.',
  },
  FILES_TOO_MANY: {
    severity: 'warning',
    title: 'The folder holds too much',
    explains:
      'It has more files, or folders within folders, than are read. Nothing is deleted because of it.',
    remedy: 'Put several entries into one file, or make several sources of it.',
  },
  FILE_LINK_SKIPPED: {
    severity: 'info',
    title: 'A symbolic link is not followed',
    explains: 'Links in a folder could lead anywhere on the machine.',
    remedy: 'Put the file itself into the folder, or make what the link leads to a source of its own.',
  },
  FILE_UNREADABLE: {
    severity: 'error',
    title: 'A file cannot be opened',
    explains: `Its records are not read. ${keptBefore}`,
    remedy: 'Give the user who runs the node the right to read it.',
  },
  FILE_DAMAGED: {
    severity: 'error',
    title: 'A file is cut off or damaged',
    explains: `What stands before the damage was read. ${keptBefore}`,
    remedy:
      'Make the file anew, and compare its length with the original: a copy or download was probably cut short.',
    detail: 'The gzip stream ends early or its checksum is wrong, or JSON or XML ends before it is closed.',
  },
  FILE_EMPTY: {
    severity: 'warning',
    title: 'A file is empty',
    explains: `There is nothing in it at all. ${keptBefore}`,
    remedy: 'Export it anew, or take it away if it is not needed.',
  },
  FILE_NO_RECORDS: {
    severity: 'warning',
    title: 'A file holds no record',
    explains: 'It is of a kind that is read, but there is nothing in it beside a heading or a frame.',
    remedy: 'Export it anew, or take it away if it is not needed.',
  },
  FILE_NOT_RECOGNISED: {
    severity: 'error',
    title: 'A file is of no kind that can be read',
    explains: 'It is not read; the others are.',
    remedy: 'Save it as CSV in UTF-8, or export it in one of the kinds that docs/import.md lists.',
  },
  FILE_COLUMNS_UNKNOWN: {
    severity: 'error',
    title: 'A table has no column that is known',
    explains: `Nobody can tell what its columns mean, so it is not read. ${keptBefore}`,
    remedy:
      'Put the names of the columns into the first row, such as title, authors, year, doi; docs/import.md lists them.',
  },
  FILE_ENCODING: {
    severity: 'warning',
    title: 'A file is in another encoding than it should be',
    explains:
      'Letters with accents were read as Windows writes them. In languages of other alphabets that may be wrong.',
    remedy: 'Save the file as UTF-8; in Excel, choose “CSV UTF-8”.',
    detail: 'Bytes that are no UTF-8 are read as windows-1252, one by one.',
  },
  FILE_FORMAT_UNKNOWN: {
    severity: 'error',
    title: 'A record is in a format that is not known',
    explains: 'No crosswalk reads its metadata. What the node had of it from before stays.',
    remedy: 'Export it in another format; every repository offers oai_dc.',
  },
  FILE_ENTRY_UNREADABLE: {
    severity: 'error',
    title: 'An entry cannot be read',
    explains: 'One line, row or entry of a file is damaged; the others were read.',
    remedy: 'Open the file at that line and look for a missing quotation mark, brace or comma.',
  },
  FILE_ENTRY_TOO_LONG: {
    severity: 'error',
    title: 'An entry is too long',
    explains: 'One line, row or entry is longer than any honest one; it is left out.',
    remedy: 'Look at that place: a quotation mark or brace that is not closed makes one entry of many.',
  },
  FILE_ENTRY_UNENDED: {
    severity: 'warning',
    title: 'An entry has no end',
    explains: 'The next one begins before it ends. It was read as far as it goes.',
    remedy: 'Look whether something is missing there; in RIS, each entry ends with “ER  - ”.',
  },
  FILE_ENTRY_EMPTY: {
    severity: 'warning',
    title: 'An entry says nothing',
    explains: 'It has neither a title nor an identifier, and is left out.',
    remedy: 'Fill it in, or delete the row.',
  },
  FILE_ENTRY_REPEATED: {
    severity: 'info',
    title: 'An entry stands there twice',
    explains: 'Two entries have the same identifier: they are one record, as the later one describes it.',
    remedy: 'Nothing if it is the same item; otherwise give each an identifier of its own.',
  },
  FILE_FIELD_UNREADABLE: {
    severity: 'warning',
    title: 'A field of an entry cannot be read',
    explains: 'The field was left out; the rest of the entry was read.',
    remedy:
      'Look at the field: in BibTeX, a dollar sign or a brace that stands alone has to be written \\$ or \\{.',
  },
  FILE_ROW_UNEVEN: {
    severity: 'warning',
    title: 'A row has another number of cells than the table has columns',
    explains:
      'Cells that are missing count as empty. A row that has too many is left out, as nobody can tell which is which.',
    remedy: 'Look at the row: a cell with a comma or a line break in it has to stand in quotation marks.',
  },
} satisfies Readonly<Record<string, IssueKind>>;
