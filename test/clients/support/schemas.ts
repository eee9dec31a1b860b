import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.ts';

const folder = fileURLToPath(new URL('../../xsd/', import.meta.url));

/** The schema of each metadata format, by its prefix in `/oai`, which is its name in `?format=`, too. */
export const metadataSchemas: Readonly<Record<string, string>> = {
  oai_dc: 'oai_dc',
  oai_openaire: 'openaire-4',
  rioxx: 'rioxx-3',
  rioxx2: 'rioxx-2',
  oai_datacite: 'oai-datacite',
  datacite: 'datacite-4',
  mods: 'mods-3',
  dim: 'dim',
  qdc: 'qdc',
};

/** A document, and where it was had. */
export interface Answer {
  from: string;
  xml: string | Buffer;
}

/**
 * Holds documents against schemas of test/xsd/, which together declare every element in them, without looking anything up on
 * the web.
 *
 * @param within a folder for files
 * @returns what is wrong, in xmllint's words, after the address of the document
 */
export async function faultsOf(
  answers: readonly Answer[],
  { schemas, xmllint, within }: { schemas: readonly string[]; xmllint: string; within: string },
): Promise<string[]> {
  const place = join(within, schemas.join('+'));
  await mkdir(place, { recursive: true });
  const schema = join(place, 'schema.xsd');
  await writeFile(schema, joined(schemas));
  const files = answers.map((_, i) => join(place, `${i}.xml`));
  for (const [i, { xml }] of answers.entries()) await writeFile(files[i]!, xml);
  const { code, complaints } = await run(xmllint, ['--nonet', '--noout', '--schema', schema, ...files]);
  if (code === 0) return [];
  return complaints
    .split('\n')
    .filter((line) => line !== '' && !line.endsWith(' validates'))
    .map((line) => line.replace(/^(\S+\/)?(\d+)\.xml/, (_, __, i: string) => answers[Number(i)]?.from ?? i));
}

/** A schema that has the others in it. */
function joined(schemas: readonly string[]): string {
  const imports = schemas.map((name) => {
    const location = join(folder, `${name}.xsd`);
    const namespace = /targetNamespace="([^"]+)"/.exec(readFileSync(location, 'utf8'))?.[1];
    return `<xs:import namespace="${namespace}" schemaLocation="${location}"/>`;
  });
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports.join('')}</xs:schema>`;
}
