/** A copy: one work as one repository holds it, worded in that repository's manner. */
import type { Holding, House, Manner, Thesaurus, Work } from './tables.ts';
import { typesOfWork, versions } from './terms.ts';

export interface Copy {
  work: Work;
  holding: Holding;
  manner: Manner;
  house: House;
  thesaurus: Thesaurus;
}

export interface Name {
  family: string;
  /** Absent for organisations. */
  given?: string;
  orcid?: string;
}

export function nameOf(written: Work['creators'][number]): Name {
  const { name, orcid } = typeof written === 'string' ? { name: written } : written;
  const [family = '', given] = name.split(', ');
  return { family, ...(given !== undefined && { given }), ...(orcid !== undefined && { orcid }) };
}

/** `Bo-Christer` gives `B.-C.`, `Jung-ran` gives `J.`, `Philip M.` gives `P. M.` */
function initials(given: string): string {
  return given.replace(/-\p{Ll}+/gu, '').replace(/(\p{Lu})[^\s.-]*\.?/gu, '$1.');
}

/** Inverted, in full or with initials as the repository has it. */
export function invertedName(name: Name, manner: Manner): string {
  if (name.given === undefined) return accented(name.family, manner);
  const short = manner.names === 'Family, G.' || manner.names === 'G. Family';
  return accented(`${name.family}, ${short ? initials(name.given) : name.given}`, manner);
}

export function wordedName(name: Name, manner: Manner): string {
  const { family, given } = name;
  if (given === undefined || manner.names === 'Family, Given' || manner.names === 'Family, G.') {
    return invertedName(name, manner);
  }
  if (manner.names === 'FAMILY, Given') return accented(`${family.toUpperCase()}, ${given}`, manner);
  return accented(`${manner.names === 'G. Family' ? initials(given) : given} ${family}`, manner);
}

export function creators({ work, holding, manner }: Copy): string[] {
  return holding.creatorsAs ?? work.creators.map((each) => wordedName(nameOf(each), manner));
}

export function title({ work, holding, manner }: Copy): string {
  if (holding.titleAs !== undefined) return holding.titleAs;
  if (work.subtitle === undefined || manner.title === 'Title') return accented(work.title, manner);
  if (manner.title === 'TITLE: SUBTITLE') return `${work.title}: ${work.subtitle}`.toUpperCase();
  const punctuation = manner.title.slice('Title'.length, -'Subtitle'.length);
  // A question mark stands for the stop or colon that would follow it.
  const glue = /[?!]$/.test(work.title) ? ' ' : punctuation;
  const subtitle = glue === '. ' ? capitalised(work.subtitle) : work.subtitle;
  return accented(work.title + glue + subtitle, manner);
}

/** Keywords, each with its language. */
export function subjects({ work, manner, thesaurus }: Copy): { value: string; language: string }[] {
  return manner.subjects.flatMap((language) =>
    work.subjects.map((subject) => ({
      value: language === 'en' ? subject : (thesaurus[subject]?.[language] ?? subject),
      language,
    })),
  );
}

export function abstract({ work, manner }: Copy): string | undefined {
  if (work.abstract === undefined || manner.abstract === 'left out') return undefined;
  return manner.abstract === 'plain' ? work.abstract : `<p>${work.abstract}</p><p>&nbsp;</p>`;
}

export function deposited({ holding }: Copy): string {
  return holding.deposited ?? holding.datestamp.slice(0, 10);
}

/** Absent for what no version vocabulary speaks of: reports, pages, presentations. */
export function version({ work, manner }: Copy): { label: string; uri: string; driver: string } | undefined {
  const versioned = ['article', 'book', 'chapter', 'conference paper'].includes(work.type);
  return versioned ? { label: manner.version, ...versions[manner.version] } : undefined;
}

export function licence({ work, holding }: Copy): string | undefined {
  return holding.licence ?? work.licence;
}

export function coarType({ work }: Copy): { uri: string; label: string } {
  return typesOfWork[work.type].coar;
}

/** Absent where the repository has no file. */
export function file({ work, holding, house }: Copy): { url: string; format: string } | undefined {
  if (holding.access === 'metadata-only') return undefined;
  const slides = work.type === 'presentation';
  const name = `${work.id}.${slides ? 'ppt' : 'pdf'}`;
  return {
    url: house.file.replace('{item}', holding.item).replace('{file}', name),
    format: slides ? 'application/vnd.ms-powerpoint' : 'application/pdf',
  };
}

export function landing({ holding, house }: Copy): string {
  return house.landing.replace('{item}', holding.item);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function accented(text: string, manner: Manner): string {
  return manner.accents === 'kept' ? text : text.normalize('NFD').replace(/\p{Mn}/gu, '');
}
