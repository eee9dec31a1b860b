import type { SourceConfig } from '../../config/index.ts';
import { FilesSource } from './files/index.ts';
import { oaiPmhSource } from './oai-pmh/index.ts';
import { resourceSyncSource } from './resourcesync/index.ts';
import type { Source, SourceParts } from './source.ts';

/** A source of any kind. A kind is added by one folder and one line here. */
export function createSource(config: SourceConfig, parts: SourceParts): Source {
  switch (config.type) {
    case 'oai-pmh':
      return oaiPmhSource(config, parts);
    case 'resourcesync':
      return resourceSyncSource(config, parts);
    case 'files':
      return new FilesSource(config, parts);
  }
}

export type { Selection, Source, SourceItem, SourceMetadata, SourcePage } from './source.ts';
