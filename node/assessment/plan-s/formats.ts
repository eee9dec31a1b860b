/** Standards for descriptions of articles that are open to all, by a part of their namespace. */
const STANDARDS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['RIOXX', /rioxx/i],
  ['OpenAIRE', /openaire\.eu\/(?:schema|oaire)|namespace\.openaire\.eu/i],
  ['DataCite', /datacite\.org\/schema/i],
  ['JATS', /jats\.nlm\.nih\.gov|dtd\.nlm\.nih\.gov/i],
  ['MODS', /loc\.gov\/mods/i],
  ['MARCXML', /loc\.gov\/MARC21/i],
  ['METS', /loc\.gov\/METS/i],
  ['schema.org', /schema\.org/i],
  ['Dublin Core terms', /purl\.org\/dc\/terms|dspace\.org\/qualifieddc/i],
  ['Dublin Core', /openarchives\.org\/OAI\/2\.0\/oai_dc|purl\.org\/dc\/elements/i],
];

/** Which standards a list of formats is of (OpenDOAR names RIOXX, Dublin Core, MARCXML, DataCite and JSON-LD as examples). */
export function standardsAmong(formats: readonly { namespace: string }[]): string[] {
  return STANDARDS.filter(([, pattern]) => formats.some(({ namespace }) => pattern.test(namespace))).map(
    ([name]) => name,
  );
}
