import type { Agent } from '../record.ts';
import { organisationIn } from './organisations.ts';

/** A name and what stood with it. */
export interface NameParts extends Pick<Agent, 'orcid' | 'affiliation'> {
  name: string;
}

const orcidForm =
  /(?:\b(?:https?:\/\/)?(?:www\.)?orcid(?:\.org\/|:?\s?))?\b(\d{4}-\d{4}-\d{4}-\d{3}[\dX])\b/i;
const role =
  /[\s,]*[([](?:ed|eds|editors?|hrsg|herausgeber|coord|coords|coordinador(?:a|es)?|comp|comps|compilers?|trans|trad|translator|dir|dirs|org|orgs|organizador(?:a|es)?|aut|authors?|autor(?:a|es)?|illus|illustrator|supervisor|advisor|adviser|orientador(?:a)?|thesis director|edt|ths)\.?[)\]]$/i;
/** As library catalogues add them: "Smith, John, 1950-2001". */
const lifeDates = /[\s,]*\(?(?:(?:b|ca|fl)\.? ?)?\d{4}\??\s?[-–]\s?(?:\d{4})?\??\)?\.?$/;
const remark = /\s*[([]([^()[\]]{2,200})[)\]]$/;
const honorific = /^(?:(?:dr|dra|prof|professor|mr|mrs|ms|mg|lic|ing|sir)\.? )+(?=\S+[ ,])/i;
const degree = /,? (?:ph\.?d\.?|m\.?d\.?|m\.?sc\.?|b\.?sc\.?|mba)$/i;

/** Takes from a name what is no part of it: ORCID, affiliation, role, dates of life, honorific, degree. */
export function withoutRemarks(written: string): NameParts {
  let name = written;
  const parts: NameParts = { name };
  if (/[\d([:]/.test(name)) {
    const orcid = orcidForm.exec(name);
    if (orcid !== null) {
      if (isOrcid(orcid[1]!)) parts.orcid = orcid[1]!.toUpperCase();
      name = name
        .replace(orcid[0], '')
        .replace(/[([]\s*[)\]]/, '')
        .replace(/[\s:,|-]+$/, '');
    }
    name = name.replace(role, '').replace(lifeDates, '');
    const rest = remark.exec(name)?.[1];
    if (rest !== undefined && organisationIn(rest)) {
      parts.affiliation = rest;
      name = name.replace(remark, '');
    }
  }
  name = name.replace(honorific, '').replace(degree, '');
  parts.name = name.replace(/^[\s,;:]+|[\s,;:]+$/g, '');
  return parts;
}

/** Whether the last character checks the others (ISO 7064 MOD 11-2, as ORCID uses it). */
export function isOrcid(text: string): boolean {
  const digits = text.replaceAll('-', '');
  let total = 0;
  for (const digit of digits.slice(0, 15)) total = (total + Number(digit)) * 2;
  const check = (12 - (total % 11)) % 11;
  return digits.length === 16 && digits[15]!.toUpperCase() === (check === 10 ? 'X' : String(check));
}
