import {
  type CrosswalkTable,
  crosswalks,
  type FieldCrosswalk,
  fieldCrosswalks,
  type XmlCrosswalk,
} from '../../vocab/crosswalks/index.ts';

/** The page docs/crosswalks.md: of each format, which element goes where in a record. */
export function crosswalksPage(): string {
  return `# Crosswalks

What of a metadata record goes where in the node's records. An element that no table has is left alone: the record is
kept whole, as it was received, beside what was read from it.

A repository that offers several formats by OAI-PMH is harvested in the first of these, unless the configuration names
another:

${crosswalks.map(({ title, prefix }, index) => `${index + 1}. ${title} (${code(prefix)})`).join('\n')}

A format is known by its namespace; where that is missing, by its schema, its prefix or the name of its root element.

Names of elements and attributes are compared without their prefixes and without regard to case. Values are cleaned on
the way (names, dates, identifiers, languages, types, licences, markup in texts); each repair is noted with what was there
before.

This page is made from the tables in \`vocab/crosswalks/\` by \`npm run build\`.

${[...crosswalks.map(xmlSection), ...fieldCrosswalks.map(fieldSection)].join('\n')}`;
}

function xmlSection(crosswalk: XmlCrosswalk): string {
  const { prefix, namespace, aliases, lacks = '' } = crosswalk;
  const prefixes = [prefix, ...(aliases?.prefixes ?? [])].map(code).join(', ');
  const namespaces = [namespace, ...(aliases?.namespaces ?? [])].map(code).join(', ');
  const ways = crosswalk.write === undefined ? 'Read only.' : `Read and written. ${lacks}`.trim();
  return section(crosswalk, `Prefix ${prefixes}; namespace ${namespaces}. ${ways}`);
}

function fieldSection(crosswalk: FieldCrosswalk): string {
  return section(crosswalk, `Format ${code(crosswalk.format)}, by \`ngr import\`. Read only.`);
}

function section({ title, describedAt, rows }: CrosswalkTable, known: string): string {
  const lines = rows.map(({ element, goesTo }) => `| ${names(element)} | ${cell(goesTo)} |`);
  return `## ${title}

Described at <${describedAt}>. ${known}

| element | goes to |
| --- | --- |
${lines.join('\n')}
`;
}

function names(element: string): string {
  return element
    .split(', ')
    .map((name) => code(cell(name)))
    .join(', ');
}

function code(text: string): string {
  return `\`${text}\``;
}

/** A pipe ends a cell. */
function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`);
}
