import type { SourceConfig } from '../config/index.ts';
import { sampleDirectory, startSampleRepository } from '../sample/index.ts';
import type { Section } from '../store/index.ts';
import type { OnStop } from './started.ts';

/**
 * Starts a bundled repository, on the same port as the last time where that is free, so that the records' source has the
 * same address.
 */
export async function startSample(name: string, section: Section, onStop: OnStop): Promise<SourceConfig> {
  const directory = await sampleDirectory(name);
  const last = Number(Buffer.from((await section.get('port')) ?? '0').toString());
  const sample = await startSampleRepository({ directory, port: last }).catch(() =>
    startSampleRepository({ directory }),
  );
  onStop(() => sample.close());
  await section.put('port', Buffer.from(new URL(sample.url).port));
  return { name: sample.name, type: 'oai-pmh', url: sample.url, sets: [] };
}
