import type { SourceConfig } from '../../config/index.ts';
import { oaiPmhSource } from './oai-pmh.ts';
import type { Source, SourceFactory, SourceParts } from './source.ts';

/** Every kind of source, by the `type` it has in the configuration. */
const factories: Readonly<Record<SourceConfig['type'], SourceFactory>> = {
  'oai-pmh': oaiPmhSource,
};

export function createSource(config: SourceConfig, parts: SourceParts): Source {
  return factories[config.type](config, parts);
}

export type { Selection, Source, SourceItem, SourceMetadata, SourcePage } from './source.ts';
