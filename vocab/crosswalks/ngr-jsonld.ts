import { normaliseIdentifier } from '../identifiers.ts';
import { type Identifier, relationKinds } from '../record.ts';
import type { FieldCrosswalk, JsonObject } from './crosswalk.ts';
import type { AgentParts } from './described-agent.ts';
import { type FieldRow, readFields } from './field-table.ts';
import { isObject, objectsOf, textOf, textsOf } from './json-values.ts';
import { typedIdentifier } from './typed-identifier.ts';

/**
 * The documents in which nodes hand out their records (`json-ld/record.ts`), which keep the names and the nesting of the
 * record type. What only a node itself can say of a record (id, node, provenance, detected language) is not read.
 */
export const ngrJsonLdRows: readonly FieldRow[] = [
  {
    element: 'titles',
    goesTo: 'titles',
    read: (value, description) => inLanguages(value, (text, tag) => description.title(text, tag)),
  },
  {
    element: 'resourceType',
    goesTo: 'type',
    read: (value, description) => description.type(linkOf(value)),
  },
  {
    element: 'version',
    goesTo: 'version',
    read: (value, description) => void description.version(linkOf(value)),
  },
  {
    element: 'creators',
    goesTo: 'creators',
    read: (value, description) => objectsOf(value).forEach((agent) => description.creator(agentOf(agent))),
  },
  {
    element: 'contributors',
    goesTo: 'contributors',
    read: (value, description) =>
      objectsOf(value).forEach((agent) => description.contributor(agentOf(agent))),
  },
  {
    element: 'abstracts',
    goesTo: 'abstracts',
    read: (value, description) => inLanguages(value, (text, tag) => description.abstract(text, tag)),
  },
  {
    element: 'subjects',
    goesTo: 'subjects',
    read: (value, description) => inLanguages(value, (text, tag) => description.subject(text, tag)),
  },
  {
    element: 'published',
    goesTo: 'published',
    read: (value, description) => description.date(valueOf(value), 'issued'),
  },
  {
    element: 'publisher',
    goesTo: 'publisher',
    read: (value, description) => description.publisher(textOf(value)),
  },
  {
    element: 'languages',
    goesTo: 'languages',
    read: (value, description) => textsOf(value).forEach((tag) => description.language(tag)),
  },
  {
    element: 'source',
    goesTo: 'source',
    read: (value, description) => {
      for (const { publicationName, volume, issue, pages, citation } of objectsOf(value)) {
        const numbers = { volume: textOf(volume), issue: textOf(issue), pages: textOf(pages) };
        description.journal({ title: textOf(publicationName), ...numbers });
        if (textOf(publicationName) === '') description.source(textOf(citation));
      }
    },
  },
  {
    element: 'access',
    goesTo: 'access',
    read: (value, description) => {
      for (const { right, embargoEnds } of objectsOf(value)) {
        description.accessRight(linkOf(right));
        description.embargoEnds(valueOf(embargoEnds));
      }
    },
  },
  {
    element: 'licence',
    goesTo: 'licence',
    read: (value, description) => description.licence(linkOf(value)),
  },
  {
    element: 'files',
    goesTo: 'files, but for those that were withdrawn',
    read: (value, description) => {
      for (const { url, format, length, sha256, access } of objectsOf(value)) {
        if (linkOf(url) === '') continue;
        const facts = { format: textOf(format), length: textOf(length), sha256: textOf(sha256) };
        description.file(linkOf(url), { ...facts, access: linkOf(access) });
      }
    },
  },
  {
    element: 'identifiers',
    goesTo: 'identifiers',
    read: (value, description) => identifiersOf(value).forEach((one) => description.identifier(one)),
  },
  {
    element: 'publishedDoi',
    goesTo: 'publishedDoi',
    read: (value, description) => identified(linkOf(value), (doi) => description.publishedAs(doi)),
  },
  {
    element: 'relations',
    goesTo: 'relations, by their kind',
    read: (value, description) => {
      for (const relations of objectsOf(value)) {
        for (const kind of relationKinds) {
          for (const target of linksOf(relations[kind])) {
            identified(target, (identifier) => description.related(kind, identifier));
          }
        }
      }
    },
  },
  {
    element: 'funding',
    goesTo: 'funding',
    read: (value, description) => {
      for (const { funder, award } of objectsOf(value)) {
        const [named] = objectsOf(funder);
        const funderId = textOf(named?.['id']) || textOf(named?.['identifier']);
        description.grant({ funder: textOf(named?.['name']), funderId, award: textOf(award) });
      }
    },
  },
  {
    element: 'referenceList',
    goesTo: 'references',
    read: (value, description) => {
      for (const { text, title, published, work, identifiers } of objectsOf(value)) {
        const identifier = identifiersOf(identifiers)[0] ?? identifierIn(linkOf(work));
        const parts = { text: textOf(text), title: textOf(title), year: valueOf(published) };
        description.reference({ ...parts, ...(identifier !== undefined && { identifier }) });
      }
    },
  },
];

export const ngrJsonLd: FieldCrosswalk = {
  format: 'ngr_jsonld',
  title: 'JSON-LD of NGR Node',
  describedAt: 'https://www.w3.org/TR/json-ld11/',
  rows: ngrJsonLdRows,
  read: (fields) => {
    const { description, repairs } = readFields(ngrJsonLdRows, fields);
    // The right of each file is written, also where nothing was said of the record.
    const { access: _, ...withoutAccess } = description;
    return { description: isObject(fields['access']) ? description : withoutAccess, repairs };
  },
};

/** `{ value, language? }`, each. */
function inLanguages(value: unknown, take: (text: string, language?: string) => void): void {
  for (const { value: text, language } of objectsOf(value)) {
    take(textOf(text), textOf(language) || undefined);
  }
}

/** A date is written with its datatype. */
function valueOf(value: unknown): string {
  return isObject(value) ? textOf(value['value']) : textOf(value);
}

/** An IRI, or a literal in its place, `{ "@value": … }`. */
function linkOf(value: unknown): string {
  return linksOf(value)[0] ?? '';
}

function linksOf(value: unknown): string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.flatMap((one) => textsOf(isObject(one) ? one['@value'] : one));
}

function agentOf({ name, family, given, orcid, affiliation, kind }: JsonObject): AgentParts {
  const [at] = objectsOf(affiliation);
  return {
    name: textOf(name),
    family: textOf(family),
    given: textOf(given),
    orcid: textOf(orcid),
    affiliation: textOf(at?.['name']),
    ror: textOf(at?.['id']),
    kind: kind === 'person' || kind === 'organisation' ? kind : 'unknown',
  };
}

function identifiersOf(value: unknown): Identifier[] {
  return objectsOf(value).flatMap(
    ({ scheme, value: text }) => typedIdentifier(textOf(scheme), textOf(text)) ?? [],
  );
}

function identified(text: string, take: (identifier: Identifier) => void): void {
  const identifier = identifierIn(text);
  if (identifier !== undefined) take(identifier);
}

/** What an IRI stands for (`json-ld/iri.ts`): a URN of an ISBN, the address of an ISSN, the resolvers' of the others. */
function identifierIn(text: string): Identifier | undefined {
  const issn = /^https:\/\/portal\.issn\.org\/resource\/ISSN\/([\dX-]{8,9})$/i.exec(text)?.[1];
  return normaliseIdentifier(issn === undefined ? text : `issn:${issn}`);
}
