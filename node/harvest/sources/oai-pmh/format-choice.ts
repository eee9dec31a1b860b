import {
  type OaiMetadataFormat,
  type OaiPmhClient,
  OaiError,
  OaiProtocolError,
} from '../../../../protocols/oai-pmh/index.ts';
import { bestCrosswalk } from '../../../../vocab/crosswalks/index.ts';
import type { Problem } from '../../issues/issue.ts';
import { problem, shown } from './problems.ts';

/** Every repository has to offer it, for all of its records (OAI-PMH 2.0, section 2.5). */
const LEAST_FORMAT = 'oai_dc';
/** Records that may be missing from a richer format before a poorer one is taken: some come while the two are counted. */
const FEW = 10;
const SMALL_SHARE = 0.005;

/** The format that says most, of those that can be read and that all records are in. */
export async function chooseFormat(client: OaiPmhClient, problems: Problem[]): Promise<string> {
  let offered: readonly OaiMetadataFormat[] = [];
  try {
    offered = await client.listMetadataFormats();
  } catch (error) {
    // Whoever cannot tell its formats has oai_dc nevertheless.
    if (!isNoAnswer(error)) throw error;
  }
  const best = bestCrosswalk(offered);
  if (best === undefined) {
    const list = offered.length === 0 ? 'none at all' : shown(offered.map(({ prefix }) => prefix).join(', '));
    problems.push(
      problem('OAI_NO_KNOWN_FORMAT', `Of the formats that the repository offers none is known: ${list}.`),
    );
    return LEAST_FORMAT;
  }
  const least = offered.find(({ prefix }) => prefix === LEAST_FORMAT);
  if (least === undefined || best.format === least) return best.format.prefix;
  return await completeFormat(client, offered, problems);
}

/** From the richest on: some repositories have a format for some kinds of records only, and the others would be missed. */
async function completeFormat(
  client: OaiPmhClient,
  offered: readonly OaiMetadataFormat[],
  problems: Problem[],
): Promise<string> {
  const all = await sizeOf(client, LEAST_FORMAT);
  for (let left = offered; ;) {
    const best = bestCrosswalk(left);
    if (best === undefined || all === undefined || best.format.prefix === LEAST_FORMAT) {
      return best?.format.prefix ?? LEAST_FORMAT;
    }
    const { prefix } = best.format;
    const size = await sizeOf(client, prefix);
    if (size === undefined || size >= all - Math.max(FEW, all * SMALL_SHARE)) return prefix;
    problems.push(
      problem(
        'OAI_FORMAT_PARTIAL',
        `The repository offers ${shown(prefix)} for ${size} of its ${all} records only; a poorer format is read.`,
        { about: prefix },
      ),
    );
    left = left.filter((format) => format !== best.format);
  }
}

/** Records in a format, as the first page of its list says; undefined where it does not say. */
async function sizeOf(client: OaiPmhClient, metadataPrefix: string): Promise<number | undefined> {
  try {
    for await (const { completeListSize, token, records } of client.listIdentifiers({ metadataPrefix })) {
      return completeListSize ?? (token === undefined ? records.length : undefined);
    }
    return 0;
  } catch (error) {
    if (!isNoAnswer(error)) throw error;
    return error instanceof OaiProtocolError && error.has('noRecordsMatch') ? 0 : undefined;
  }
}

function isNoAnswer(error: unknown): boolean {
  return error instanceof OaiProtocolError || (error instanceof OaiError && error.code === 'OAI_NOT_OAI');
}
