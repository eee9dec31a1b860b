import { z } from 'zod';
import { httpUrl, listOf, matching, name, oneOf, path } from './values.ts';

const OAI_UNRESERVED = "[A-Za-z0-9\\-_.!~*'()]+";

/** A repository to harvest, as it is written. */
export const sourceSettings = z
  .strictObject({
    name: name()
      .exactOptional()
      .describe(
        'Name of the source in commands and lists. Without it, the host of its address or the name of its folder.',
      ),
    type: oneOf(['oai-pmh', 'resourcesync', 'files'])
      .default('oai-pmh')
      .describe('How the source is harvested: by OAI-PMH, by ResourceSync, or from files on this machine.'),
    url: httpUrl()
      .exactOptional()
      .describe(
        "Base URL of the repository's OAI-PMH interface; for ResourceSync, its source description, capability list or any list.",
      ),
    path: path().exactOptional().describe('For files: a file, or a folder of them.'),
    metadataPrefix: matching(new RegExp(`^${OAI_UNRESERVED}$`), 'a metadata prefix such as "oai_dc"')
      .exactOptional()
      .describe('For OAI-PMH: metadata format to ask for. Without it, the best of those on offer.'),
    sets: listOf(
      matching(new RegExp(`^${OAI_UNRESERVED}(:${OAI_UNRESERVED})*$`), 'a setSpec such as "articles:open"'),
      'a list of setSpecs',
      200,
    )
      .default([])
      .describe('For OAI-PMH: harvest these sets only.'),
  })
  .check(({ value, issues }) => {
    const needed = value.type === 'files' ? 'path' : 'url';
    if (value[needed] !== undefined) return;
    const message =
      needed === 'url' ? 'an address that starts with http:// or https://' : 'a file or a folder';
    issues.push({ code: 'custom', path: [needed], message, input: undefined });
  });

/** A source as the file has it. */
export type WrittenSource = z.output<typeof sourceSettings>;

/** A source to harvest, under the name that commands and lists know it by. */
export type SourceConfig = OaiPmhSourceConfig | ResourceSyncSourceConfig | FilesSourceConfig;

export interface OaiPmhSourceConfig {
  name: string;
  type: 'oai-pmh';
  url: string;
  /** Without it, the best of the formats on offer. */
  metadataPrefix?: string;
  /** Only these; none for all. */
  sets: string[];
}

export interface ResourceSyncSourceConfig {
  name: string;
  type: 'resourcesync';
  /** Of a source description, a capability list or any list. */
  url: string;
}

export interface FilesSourceConfig {
  name: string;
  type: 'files';
  /** Of a file or a folder, absolute. */
  path: string;
}
