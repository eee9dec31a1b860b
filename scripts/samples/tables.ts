/**
 * The tables that the sample repositories are made from, as they are written by hand under `samples/`.
 *
 * `works.json` states each work once, `subjects.json` its keywords in other languages; each repository's folder says
 * who it is (`repository.json`) and what it holds and how it writes it down (`holdings.json`).
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const date = z.string().regex(/^\d{4}(-\d\d(-\d\d)?)?$/);
const day = z.iso.date();

/** `Family, Given`, or an organisation's name where there is no comma. */
const person = z.union([z.string(), z.strictObject({ name: z.string(), orcid: z.string() })]);

const workTypes = [
  'article',
  'book',
  'chapter',
  'conference paper',
  'presentation',
  'report',
  'news article',
  'blog post',
  'web page',
  'learning object',
] as const;

const work = z.strictObject({
  id: z.string(),
  title: z.string(),
  subtitle: z.string().exactOptional(),
  creators: z.array(person).min(1),
  editors: z.array(z.string()).exactOptional(),
  date,
  type: z.enum(workTypes),
  source: z
    .strictObject({
      title: z.string(),
      issn: z.string().exactOptional(),
      volume: z.string().exactOptional(),
      issue: z.string().exactOptional(),
      pages: z.string().exactOptional(),
    })
    .exactOptional(),
  publisher: z.string().exactOptional(),
  place: z.string().exactOptional(),
  doi: z.string().exactOptional(),
  arxiv: z.string().exactOptional(),
  urn: z.string().exactOptional(),
  url: z.url().exactOptional(),
  licence: z.url().exactOptional(),
  subjects: z.array(z.string()).min(2).max(5),
  abstract: z.string().exactOptional(),
  /** The articles among the works whose reference lists name this one. */
  citedBy: z.array(z.string()),
});

/** Where in oai_dc something stands, and in what form: `relation: https://doi.org/10…`. */
const placed = (elements: string) => z.string().regex(new RegExp(`^(${elements}): \\S`));

/** How a repository writes a record down. Each value shows what comes out. */
const manner = z.strictObject({
  names: z.enum(['Family, Given', 'Family, G.', 'FAMILY, Given', 'Given Family', 'G. Family']),
  title: z.enum([
    'Title: Subtitle',
    'Title : Subtitle',
    'Title - Subtitle',
    'Title. Subtitle',
    'TITLE: SUBTITLE',
    'Title',
  ]),
  accents: z.enum(['kept', 'stripped']),
  date: z.enum(['as known', 'year', 'three DSpace dates']),
  language: z.string(),
  subjects: z.array(z.enum(['en', 'es', 'de'])),
  subjectsJoined: z.boolean(),
  abstract: z.enum(['plain', 'HTML left in', 'left out']),
  type: z.array(
    z.enum(['DRIVER', 'DRIVER version', 'COAR URI', 'COAR label', 'EPrints', 'OPUS', 'Spanish', 'German']),
  ),
  version: z.enum(['AO', 'SMUR', 'AM', 'VoR']),
  rights: z.array(
    z.enum([
      'info:eu-repo',
      'COAR URI',
      'Spanish',
      'licence URI',
      'licence URI, http',
      'licence deed in Spanish',
      'licence name',
      'licence code',
    ]),
  ),
  doi: z.array(placed('identifier|relation|citation')),
  url: z.enum(['identifier', 'relation', 'left out']),
  /** The repository's own addresses of the item: `{item}`, `{landing}` and `{file}` are filled in. */
  own: z.array(placed('identifier|relation')),
  citation: z.enum([
    'source: Journal, 1(2), 3-4',
    'source: Journal 1 (2000), 2, S. 3-4',
    'identifier: EPrints citation',
    'left out',
  ]),
  /** RIOXX asks for a date of acceptance; archives that have none repeat the date of publication. */
  dateAccepted: z.enum(['as published', 'left out']).default('as published'),
});

const holding = z.strictObject({
  work: z.string(),
  /** What follows the repository's prefix in the OAI identifier. */
  item: z.string(),
  datestamp: z.string(),
  /** The day of deposit, where the record has changed since. */
  deposited: day.exactOptional(),
  deleted: z.literal(true).exactOptional(),
  access: z.enum(['open', 'embargoed', 'restricted', 'metadata-only']).default('open'),
  embargoEnds: day.exactOptional(),
  licence: z.url().exactOptional(),
  /** A DOI of the deposited version, in Crossref's test prefix. */
  ownDoi: z.string().exactOptional(),
  /** The title or the names as someone typed them, where no manner describes it. */
  titleAs: z.string().exactOptional(),
  creatorsAs: z.array(z.string()).exactOptional(),
  ...manner.partial().shape,
});

const house = z.strictObject({
  landing: z.string(),
  file: z.string(),
  habits: manner,
  /** setSpecs of every record, of the open ones, and of those of each type of work. */
  sets: z.partialRecord(z.enum(['every', 'open', ...workTypes]), z.array(z.string())),
  holdings: z.array(holding),
});

const repository = z.strictObject({
  name: z.string(),
  adminEmail: z.email(),
  identifierPrefix: z.string(),
  granularity: z.enum(['YYYY-MM-DD', 'YYYY-MM-DDThh:mm:ssZ']),
  deletedRecord: z.enum(['persistent', 'transient']),
  sets: z.array(z.strictObject({ spec: z.string(), name: z.string() })),
  formats: z.array(z.strictObject({ prefix: z.string(), schema: z.url(), namespace: z.url() })),
});

export type Work = z.output<typeof work>;
export type WorkType = Work['type'];
export type Manner = z.output<typeof manner>;
export type Holding = z.output<typeof holding>;
export type House = z.output<typeof house>;
export type Repository = z.output<typeof repository>;
export type Thesaurus = Record<string, { es: string; de: string }>;

export const repositoryNames = ['andina', 'wyreford', 'nordmark'] as const;
export type RepositoryName = (typeof repositoryNames)[number];

export interface Tables {
  works: Map<string, Work>;
  thesaurus: Thesaurus;
  repositories: Record<RepositoryName, { repository: Repository; house: House }>;
}

/**
 * Reads and checks all the tables.
 * @param folder URL of `samples/`, with a slash at its end
 */
export async function readTables(folder: URL): Promise<Tables> {
  const read = async <T>(path: string, schema: z.ZodType<T>): Promise<T> =>
    schema.parse(JSON.parse(await readFile(new URL(path, folder), 'utf8')));
  const one = async (name: RepositoryName) => ({
    repository: await read(`${name}/repository.json`, repository),
    house: await read(`${name}/holdings.json`, house),
  });
  const works = await read('works.json', z.array(work));
  return {
    works: new Map(works.map((each) => [each.id, each])),
    thesaurus: await read(
      'subjects.json',
      z.record(z.string(), z.strictObject({ es: z.string(), de: z.string() })),
    ),
    repositories: {
      andina: await one('andina'),
      wyreford: await one('wyreford'),
      nordmark: await one('nordmark'),
    },
  };
}

/** The house's habits, with what is different in this one record. */
export function mannerOf(habits: Manner, held: Holding): Manner {
  return manner.strip().parse({ ...habits, ...held });
}
