import type { z } from 'zod';
import {
  institutionSchema,
  MOST_REPOSITORIES,
  NAME_LANGUAGES,
  registries,
  registryNames,
  type InstitutionDefaults,
  type InstitutionDocument,
  type InstitutionFields,
  type RegistryName,
  type Repository,
} from '../../institution/index.ts';
import type { DashboardMessages } from '../messages/index.ts';

const singleFields = ['name', 'description', 'contact', 'helpdesk', 'ror', 'region'] as const;
export const repositoryFields = ['name', 'url', 'platform', 'oaiBaseUrl', ...registryNames] as const;

/** The fields of the form, as they are typed: what is empty is not said. */
export interface TypedInstitution {
  single: Readonly<Record<(typeof singleFields)[number], string>>;
  names: Readonly<Record<(typeof NAME_LANGUAGES)[number], string>>;
  repositories: readonly TypedRepository[];
}
export type TypedRepository = Readonly<Record<(typeof repositoryFields)[number], string>>;

export const nameField = (language: string): string => `name-${language}`;
export const repositoryField = (row: number, field: string): string => `repository-${row}-${field}`;
const removal = (row: number): string => repositoryField(row, 'remove');

/** What the form shows before anything is typed. What is as it is configured is left empty. */
export function typedOf(
  document: Omit<InstitutionDocument, 'repositories'>,
  repositories: readonly Repository[],
  defaults: InstitutionDefaults,
): TypedInstitution {
  const said: Partial<Record<string, unknown>> = {
    ...document,
    name: document.name === defaults.name ? undefined : document.name,
    contact: document.contact === defaults.contact ? undefined : document.contact,
  };
  return {
    single: record(singleFields, (field) => textOf(said[field])),
    names: record(NAME_LANGUAGES, (language) => document.names[language] ?? ''),
    repositories: repositories.map((repository) =>
      record(repositoryFields, (field) => repository[field] ?? ''),
    ),
  };
}

/** What was typed. Rows of repositories that are empty, or ticked to go, are gone. */
export function readInstitutionForm(fields: URLSearchParams): TypedInstitution {
  const typed = (name: string): string => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim();
  const repositories: TypedRepository[] = [];
  // One more than there may be: that it is too many is told, not passed over.
  for (let row = 0; row <= MOST_REPOSITORIES; row += 1) {
    if (fields.has(removal(row))) continue;
    const repository = record(repositoryFields, (field) => typed(repositoryField(row, field)));
    if (Object.values(repository).some((text) => text !== '')) repositories.push(repository);
  }
  return {
    single: record(singleFields, typed),
    names: record(NAME_LANGUAGES, (language) => typed(nameField(language))),
    repositories,
  };
}

/** What is typed as it may be said, or what is wrong, by the names of the fields. */
export function checkedInstitution(
  { single, names, repositories }: TypedInstitution,
  words: DashboardMessages['institution']['faults'],
): { fields: InstitutionFields } | { faults: ReadonlyMap<string, string> } {
  const read = institutionSchema.safeParse({
    ...filled(single),
    names: filled(names),
    repositories: repositories.map(filled),
  });
  if (read.success) return { fields: read.data };
  const faults = new Map<string, string>();
  for (const issue of read.error.issues) {
    const name = fieldAt(issue.path);
    if (!faults.has(name)) faults.set(name, faultOf(issue, words));
  }
  return { faults };
}

function fieldAt([first, second, third]: readonly PropertyKey[]): string {
  if (first === 'names') return nameField(String(second));
  if (first === 'repositories' && third !== undefined) return repositoryField(Number(second), String(third));
  return String(first);
}

type Issue = z.core.$ZodIssue;

function faultOf(issue: Issue, words: DashboardMessages['institution']['faults']): string {
  const field = String(issue.path.at(-1));
  if (issue.code === 'too_big')
    return field === 'repositories' ? words.many(String(issue.maximum)) : words.long(String(issue.maximum));
  if (issue.code === 'invalid_type') return words.missing;
  if (isRegistry(field)) return words.registry(registries[field].name);
  if (field === 'contact' || field === 'helpdesk') return words.reach;
  if (field === 'url' || field === 'oaiBaseUrl') return words.url;
  return field === 'ror' ? words.ror : words.text;
}

function isRegistry(field: string): field is RegistryName {
  return Object.hasOwn(registries, field);
}

function record<const Name extends string>(
  names: readonly Name[],
  value: (name: Name) => string,
): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, string>;
}

function filled(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
