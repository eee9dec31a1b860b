import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { OaiPmhClient, type OaiIdentify } from '../../../../protocols/oai-pmh/index.ts';
import { NgrError } from '../../../../vocab/errors.ts';
import type { OaiPmhSourceConfig, SourceConfig } from '../../../config/index.ts';
import { oneLine } from '../../print.ts';
import { failed, ok, warning, type Finding } from '../finding.ts';
import type { Patient } from '../patient.ts';

const ANSWER_MS = 10_000;

/** Whether each source answers, and as its standard asks. */
export async function repositoryCheck(patient: Patient, signal: AbortSignal): Promise<Finding[]> {
  const found = await Promise.all(patient.config.sources.map((source) => examined(source, patient, signal)));
  return found.flat();
}

async function examined(source: SourceConfig, patient: Patient, signal: AbortSignal): Promise<Finding[]> {
  try {
    if (source.type === 'oai-pmh') return await oaiPmh(source, patient, signal);
    if (source.type === 'resourcesync') return [await resourceSync(source.url, patient, signal)];
    await access(source.path, constants.R_OK);
    return [ok(`${source.name}: ${source.path} can be read`)];
  } catch (error) {
    const remedy = error instanceof NgrError ? error.remedy : undefined;
    return [
      failed(
        `${source.name}: ${oneLine((error as Error).message)}`,
        remedy ?? 'Check the address of the source, and whether the repository is up.',
      ),
    ];
  }
}

async function oaiPmh(
  { name, url, metadataPrefix }: OaiPmhSourceConfig,
  { fetch, clock }: Patient,
  signal: AbortSignal,
): Promise<Finding[]> {
  const client = new OaiPmhClient({
    baseUrl: url,
    fetch,
    timeouts: { answer: ANSWER_MS, complete: ANSWER_MS },
    retries: { attempts: 1 },
    signal,
  });
  const [identify, formats] = [await client.identify(), await client.listMetadataFormats()];
  const prefixes = formats.map(({ prefix }) => prefix);
  const found = irregularities(name, identify, clock.now());
  if (!prefixes.includes('oai_dc'))
    found.push(
      warning(
        `${name}: oai_dc is not among its formats.`,
        'OAI-PMH (section 4.4) asks for it: tell whoever runs the repository. The node takes another format.',
      ),
    );
  if (metadataPrefix !== undefined && !prefixes.includes(metadataPrefix))
    found.push(
      failed(
        `${name}: "${metadataPrefix}" is not among its formats (${prefixes.join(', ')}).`,
        'Set "metadataPrefix" to one of these, or leave it out: the best is taken.',
      ),
    );
  return found.length > 0
    ? found
    : [ok(`${name}: ${oneLine(identify.repositoryName)} answers, formats ${prefixes.join(', ')}`)];
}

/** What is not as sections 3.3 and 4.2 of OAI-PMH 2.0 ask, and would leave out records. */
function irregularities(name: string, identify: OaiIdentify, now: number): Finding[] {
  const { protocolVersion, earliestDatestamp, granularity } = identify;
  const found: Finding[] = [];
  if (protocolVersion !== '2.0')
    found.push(
      warning(`${name}: it speaks OAI-PMH ${oneLine(protocolVersion)}.`, 'Version 2.0 is what is harvested.'),
    );
  const earliest = Date.parse(earliestDatestamp);
  if (Number.isNaN(earliest))
    found.push(
      warning(
        `${name}: its earliest datestamp, "${oneLine(earliestDatestamp)}", is no date.`,
        'Tell whoever runs the repository: harvesters that begin there get nothing.',
      ),
    );
  else if (earliest > now)
    found.push(
      warning(
        `${name}: its earliest datestamp, ${earliestDatestamp}, lies in the future.`,
        'Set the clock of the repository, or of this machine: see "clock".',
      ),
    );
  else if (earliestDatestamp.includes('T') !== (granularity === 'YYYY-MM-DDThh:mm:ssZ'))
    found.push(
      warning(
        `${name}: its earliest datestamp, ${earliestDatestamp}, has not the granularity that it tells (${granularity}).`,
        'Tell whoever runs the repository; the node bears it.',
      ),
    );
  return found;
}

async function resourceSync(url: string, { fetch }: Patient, signal: AbortSignal): Promise<Finding> {
  const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]) });
  await response.body?.cancel();
  const remedy = 'Name a source description, a capability list or any other list of ResourceSync.';
  if (!response.ok) return failed(`${url} answers with status ${response.status}.`, remedy);
  const type = response.headers.get('content-type') ?? '';
  return type.includes('html') ? failed(`${url} is a page for people.`, remedy) : ok(`${url} answers`);
}
