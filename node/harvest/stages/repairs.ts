import type { Repair, RepairCode } from '../../../vocab/cleaning/index.ts';
import type { Problem, Severity } from '../issue.ts';

const LONGEST_SHOWN = 300;
const MOST_SHOWN = 20;

/** What a repair means for the librarian. What was left out is a warning: it is missing here. */
const repairs: Readonly<Record<RepairCode, { severity: Severity; what: string; remedy: string }>> = {
  TEXT_MARKUP: {
    severity: 'info',
    what: 'HTML or other markup was taken out.',
    remedy: 'Write plain text in this field of the repository.',
  },
  TEXT_ENTITIES: {
    severity: 'info',
    what: 'Character codes were turned into the characters.',
    remedy: 'Write the character itself in the repository.',
  },
  TEXT_MOJIBAKE: {
    severity: 'info',
    what: 'Garbled accents were put right.',
    remedy: 'Type the text anew in the repository; it was damaged by a wrong encoding.',
  },
  TEXT_CONTROL: {
    severity: 'info',
    what: 'Invisible characters were taken out.',
    remedy: 'Type the text anew in the repository, instead of pasting it.',
  },
  NAME_INVERTED: {
    severity: 'info',
    what: 'A name was turned to family name, given name.',
    remedy: 'Enter names as “Family, Given” in the repository.',
  },
  NAME_SPLIT: {
    severity: 'info',
    what: 'Several names in one field were told apart.',
    remedy: 'Enter each name in a field of its own.',
  },
  NAME_CLEANED: {
    severity: 'info',
    what: 'A name was put right.',
    remedy: 'Enter the name alone, without title, role or dates.',
  },
  NAME_DROPPED: {
    severity: 'warning',
    what: 'This is no name, and was left out.',
    remedy: 'Leave the field empty where no name is known.',
  },
  DATE_READ: {
    severity: 'info',
    what: 'A date in an unusual form was read.',
    remedy: 'Enter dates as 2026-11-21, 2026-11 or 2026.',
  },
  DATE_REFUSED: {
    severity: 'warning',
    what: 'This is no possible date, and was left out.',
    remedy: 'Enter dates as 2026-11-21, 2026-11 or 2026.',
  },
  LANGUAGE_READ: {
    severity: 'info',
    what: 'The name of a language was turned into its code.',
    remedy: 'Enter languages by their code, such as en or spa.',
  },
  LANGUAGE_REFUSED: {
    severity: 'warning',
    what: 'This is no known language, and was left out.',
    remedy: 'Enter languages by their code, such as en or spa.',
  },
  IDENTIFIER_REFUSED: {
    severity: 'warning',
    what: 'This identifier has a typing error in it (its check digit is wrong), and was left out.',
    remedy: 'Compare it with the publication and correct it in the repository.',
  },
  NOTE_DROPPED: {
    severity: 'info',
    what: "A note for the repository's own use was left out.",
    remedy: 'Nothing, or keep such notes in a field that is not exported.',
  },
};

/** The repairs of one record as problems: one for each kind and field. */
export function problemsOfRepairs(done: readonly Repair[]): Omit<Problem, 'oaiIdentifier'>[] {
  const byKind = new Map<string, [Repair, ...Repair[]]>();
  for (const repair of done) {
    const kind = `${repair.code} ${repair.field}`;
    const others = byKind.get(kind);
    if (others === undefined) byKind.set(kind, [repair]);
    else others.push(repair);
  }
  return [...byKind.values()].map(problemOf);
}

function problemOf(alike: readonly [Repair, ...Repair[]]): Omit<Problem, 'oaiIdentifier'> {
  const [{ code, field }] = alike;
  const { severity, what, remedy } = repairs[code];
  const shown = alike.slice(0, MOST_SHOWN).map(beforeAndAfter);
  const more = alike.length - shown.length;
  return {
    code,
    severity,
    message: `${field}: ${what}`,
    detail: [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'),
    remedy,
    about: field,
  };
}

function beforeAndAfter({ before, after }: Repair): string {
  return after === '' ? `“${shortened(before)}”` : `“${shortened(before)}” → “${shortened(after)}”`;
}

function shortened(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
