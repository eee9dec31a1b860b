import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { granularityOf, type OaiHeader } from '../../protocols/oai-pmh/index.ts';
import { readXml, standaloneXml, withDeclarations, xmlNamespaces } from '../../vocab/xml/index.ts';
import { SampleError } from './errors.ts';

const descriptionSchema = z.strictObject({
  name: z.string(),
  adminEmail: z.string(),
  identifierPrefix: z.string(),
  granularity: z.enum(['YYYY-MM-DD', 'YYYY-MM-DDThh:mm:ssZ']),
  deletedRecord: z.enum(['no', 'persistent', 'transient']),
  sets: z.array(z.strictObject({ spec: z.string(), name: z.string() })),
  formats: z.array(z.strictObject({ prefix: z.string(), schema: z.string(), namespace: z.string() })).min(1),
});

/** `repository.json` of a sample. */
export type SampleDescription = z.infer<typeof descriptionSchema>;

/** One item, with its metadata by the prefix of the format. A deleted one has none. */
export interface SampleItem {
  header: OaiHeader;
  metadata: ReadonlyMap<string, string>;
}

export interface Sample {
  description: SampleDescription;
  items: Map<string, SampleItem>;
}

/**
 * Reads a sample: `repository.json`, and for each format in it `<prefix>.xml`, whose root `records` holds OAI-PMH
 * `record` elements.
 *
 * @throws SampleError `SAMPLE_MISSING`, `SAMPLE_INVALID`
 */
export async function loadSample(directory: string): Promise<Sample> {
  const description = await readDescription(join(directory, 'repository.json'));
  const items = new Map<string, { header: OaiHeader; metadata: Map<string, string> }>();
  for (const { prefix } of description.formats) {
    const file = join(directory, `${prefix}.xml`);
    for (const { header, metadata } of readRecords(file, await read(file))) {
      if (granularityOf(header.datestamp) !== description.granularity) {
        throw invalid(file, `${header.identifier} has no datestamp of the form ${description.granularity}`);
      }
      const item = items.get(header.identifier) ?? { header, metadata: new Map<string, string>() };
      if (metadata !== undefined) item.metadata.set(prefix, metadata);
      items.set(header.identifier, item);
    }
  }
  return { description, items };
}

async function readDescription(file: string): Promise<SampleDescription> {
  const text = await read(file);
  try {
    return descriptionSchema.parse(JSON.parse(text));
  } catch (error) {
    throw invalid(file, error instanceof z.ZodError ? z.prettifyError(error) : String(error));
  }
}

function readRecords(file: string, text: string): { header: OaiHeader; metadata?: string }[] {
  const root = readXml(text);
  const scope = withDeclarations(xmlNamespaces, root.attributes);
  return root.childrenNamed('record').map((record) => {
    const header = record.child('header');
    const identifier = header?.childText('identifier') ?? '';
    if (header === undefined || identifier === '') throw invalid(file, 'a record has no identifier');
    const metadata = record.child('metadata')?.children[0];
    return {
      header: {
        identifier,
        datestamp: header.childText('datestamp'),
        sets: header.childrenNamed('setSpec').map((set) => set.content().trim()),
        deleted: header.attributes['status'] === 'deleted',
      },
      ...(metadata !== undefined && { metadata: standaloneXml(text, metadata, scope) }),
    };
  });
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new SampleError('SAMPLE_MISSING', `The sample repository has no file ${file}.`, {
      remedy: 'Install NGR Node again, or name the directory of a whole sample repository.',
      cause,
    });
  }
}

function invalid(file: string, what: string): SampleError {
  return new SampleError('SAMPLE_INVALID', `${file}: ${what}.`, { remedy: 'Mend the file.' });
}
