import type { Agent } from '../../record.ts';
import { organisationIn } from './organisations.ts';

/** A name and what stood with it. */
export type NameParts = Pick<Agent, 'name' | 'orcid' | 'affiliation'>;

/** A run of separators is tried from its start only: elsewhere a long one would cost its length cubed. */
const email =
  /(?<![\s,;])[\s,;]*[<([]?\s{0,3}(?:(?:mailto|e-?mail|correo|courriel):?\s?)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\s*[>)\]]?/gi;

/** Addresses of persons are nobody's business but theirs. */
export function withoutEmails(text: string): string {
  return text.replace(email, '');
}

/** What cataloguers write where there is no name. */
const standIn =
  /^[^\p{L}]*(?:anon|anonym(?:ous|e|us)?|an[oó]nimos?|unknown(?: author)?|author unknown|desconocido|desconhecido|inconnu|unbekannt|n\.?\/?a\.?|n\.? ?n|none|null|not (?:available|specified|applicable)|no (?:author|aplica|disponible)|s\.? ?n\.?|(?:sin|sem|sans|ohne|no) aut(?:hor|or|eur)(?:es)?|et al\.?|(?:and )?others|various(?: authors)?|v[aá]rios(?: autores)?|aa\.? ?vv\.?|vv\.? ?aa\.?)?[^\p{L}]*$/iu;

export function isStandIn(name: string): boolean {
  return standIn.test(name);
}

const orcidForm =
  /(?:\b(?:https?:\/\/)?(?:www\.)?orcid(?:\.org\/|:?\s?))?\b(\d{4}-\d{4}-\d{4}-\d{3}[\dX])\b/i;

const roles =
  'ed|eds|editors?|edt|edit|hrsg|hg|herausgeber(?:in)?|éd|éditeurs?|coord|coords|coordinador(?:a|es)?|coordenador(?:a|es)?|comp|comps|compilers?|compilador(?:a|es)?|trans|transl|trad|translators?|traductora?|traducteur|tradutora?|übers|dir|dirs|director(?:a|es)?|org|orgs|organizador(?:a|es)?|aut|authors?|autor(?:a|es|in)?|auteur|illus|ill|illustrator|supervisor|advisor|adviser|orientador(?:a)?|tutor(?:a)?|director de tesis|thesis (?:director|advisor)|ths|degree supervisor|contributor|ctb|cre|creator|sponsor|funder|photographer|interviewer|reviewer|chair';
const role = new RegExp(
  String.raw`[\s,]*[([](?:${roles}|lit)\.?[)\]]$|,\s*(?:${roles.replace(/^ed\|/, 'ed|')})\.?$`,
  'i',
);
const introduction =
  /^(?:(?:edited|compiled|translated|written|prepared|ed\.|comp\.|trans\.) )?by (?=\p{Lu})|^(?:(?:editado|coordinado|compilado|organizado|traducido|traduzido|elaborado|org\.|coord\.) )por (?=\p{Lu})|^(?:herausgegeben|hrsg\.|hg\.) von (?=\p{Lu})|^(?:édité|dirigé|traduit|publié) par (?=\p{Lu})|^sous la (?:direction|dir\.) de (?=\p{Lu})/iu;

/** As library catalogues add them: "Smith, John, 1950-2001", "b. 1950". */
const lifeDates =
  /[\s,]*\(?(?:(?:b|d|ca|fl|n|nac|geb|né en|approximately|active)\.? ?)?\d{4}\??\s?(?:[-–]\s?(?:(?:ca\.? )?\d{4})?\??)?\)?\.?$/i;
const isLifeDates = /[-–(,]|\b(?:b|d|ca|fl|n|nac|geb|né en|approximately|active)\b/i;
const remark = /\s*[([]([^()[\]]{2,200})[)\]]$/;
const others = /[\s,;]+(?:(?:and|y|e|et|und|&) )?(?:et\.? al|others|otros|outros|autres|andere|u\.? ?a)\.?$/i;
const honorific =
  /^(?:(?:dr|dra|drs|prof|profa|professora?|professeur|mr|mrs|ms|mme|mg|mgtr|mtro|mtra|lic|licda|ing|dipl|arq|abog|sir|sr|sra|herr|frau|rev|hon|pd|priv|doz|mag|msc|phd)\.?(?:-(?:ing|inform|psych|kfm|math|phys|chem|biol)\.?)?(?: (?:h\. ?c|med|phil|rer\. ?nat|jur|habil|techn|theol)\.?){0,3} ){1,4}(?=\S+[ ,])/i;
/** Without a comma before them only those that are no names: "Ma" and "Ba" are. */
const degree =
  /,? (?:[Pp]h\.? ?[Dd]\.?|PHD|D\.?Phil\.?|M\.? ?[Ss][Cc]\.?|B\.? ?[Ss][Cc]\.?|MBA|M\.D\.|M\.A\.|B\.A\.|M\.P\.H\.|MPH|MPhil|LL\.? ?[BMD]\.?|Esq\.?|FRCP|Ed\.?D\.?)$|, (?:Dr\.?|MD|MA|BA|MS|BS|RN|FRS|DDS|DVM|Prof\.?)$/;
/** Signs that lead to an affiliation or an address: "Smith*", "Smith1,2". */
const footnote = /(?<=[\p{L}.)])\s?[*†‡§¶#⁰¹²³⁴-⁹]+(?:,?[*†‡§¶#⁰¹²³⁴-⁹])*$|(?<=\p{Ll})\d{1,2}(?:,\d{1,2})*$/u;

/** Takes from a name what is no part of it: ORCID, affiliation, role, dates of life, honorific, degree. */
export function withoutRemarks(written: string): NameParts {
  let name = written;
  let orcid: string | undefined;
  let affiliation: string | undefined;
  if (/[\d([:*†‡§¶#]/.test(name)) {
    const [form, digits] = orcidForm.exec(name) ?? [];
    if (form !== undefined && digits !== undefined) {
      if (isOrcid(digits)) orcid = digits.toUpperCase();
      name = name
        .replace(form, '')
        .replace(/[([]\s*[)\]]/, '')
        .replace(/[\s:,|-]+$/, '');
    }
    const dates = lifeDates.exec(name)?.[0];
    if (dates !== undefined && isLifeDates.test(dates) && !organisationIn(name))
      name = name.slice(0, -dates.length);
    name = name.replace(role, '').replace(footnote, '');
    const rest = remark.exec(name)?.[1];
    if (rest !== undefined && organisationIn(rest)) {
      affiliation = rest;
      name = name.replace(remark, '');
    }
  }
  name = name.replace(others, '').replace(introduction, '').replace(honorific, '');
  if (name.includes(' ')) name = withoutTitlesBehind(name);
  return {
    name: name.replace(/^[\s,;:]+|[\s,;:]+$/g, '').replace(/^["“]([^"“”]*)["”]$/, '$1'),
    ...(orcid !== undefined && { orcid }),
    ...(affiliation !== undefined && { affiliation }),
  };
}

/** "Smith, John, editor", "John Smith, MD, PhD", "Smith, John." */
function withoutTitlesBehind(name: string): string {
  let rest = name;
  for (let i = 0; i < 3; i += 1) {
    const shorter = (rest.includes(',') ? rest.replace(role, '') : rest).replace(degree, '');
    // What is left has to be a name: "Ma, Yo" and "Li, Ed." are whole.
    if (shorter === rest || !/\p{L}[ ,.]+\p{L}/u.test(shorter)) break;
    rest = shorter;
  }
  return rest.replace(/(?<=\p{Ll}{3})\.$/u, '');
}

/** Whether the last character checks the others (ISO 7064 MOD 11-2, as ORCID uses it). */
export function isOrcid(text: string): boolean {
  const digits = text.replaceAll('-', '');
  let total = 0;
  for (const digit of digits.slice(0, 15)) total = (total + Number(digit)) * 2;
  const check = (12 - (total % 11)) % 11;
  return digits.length === 16 && digits[15]!.toUpperCase() === (check === 10 ? 'X' : String(check));
}
