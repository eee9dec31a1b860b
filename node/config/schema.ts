import { z } from 'zod';
import {
  baseUrl,
  httpUrl,
  listOf,
  matching,
  nodeId,
  oneOf,
  peerAddress,
  text,
  wholeNumber,
  yesOrNo,
} from './values.ts';

/*
 * The one source of the settings: their types, defaults and meaning. The JSON Schema for editors, the page
 * docs/configuration.md and the help of `ngr start` are made from it.
 */

const http = z.strictObject({
  // Every IPv4 address: a node is there to be read by others, and `::` cannot be bound where IPv6 is switched off.
  host: text()
    .default('0.0.0.0')
    .describe('Address to listen on. 127.0.0.1 where a reverse proxy on the same machine stands in front.'),
  port: wholeNumber(0, 65_535)
    .default(8080)
    .describe('Port of the web pages and protocols; 0 takes a free one.'),
  trustProxy: yesOrNo()
    .default(false)
    .describe('Believe the X-Forwarded-… headers. Only behind a reverse proxy that sets them itself.'),
});

const p2p = z.strictObject({
  host: text().default('0.0.0.0').describe('Address to listen on for other nodes.'),
  port: wholeNumber(0, 65_535)
    .default(4001)
    .describe('Port for other nodes (libp2p, TCP); 0 takes a free one.'),
  bootstrap: listOf(peerAddress(), 'a list of libp2p addresses')
    .default([])
    .describe('Nodes to join the network through, as they print them when they start.'),
  mdns: yesOrNo().default(true).describe('Find nodes on the local network by multicast DNS.'),
  colocationLimit: wholeNumber(0, 10_000)
    .default(10)
    .describe(
      'How many nodes may stand behind one IP address before gossip turns them down; 0 is no limit. For networks behind one NAT.',
    ),
});

const follow = z.strictObject({
  mode: oneOf(['network', 'listed'])
    .default('network')
    .describe(
      '"network" follows every node of the network that is not denied; "listed" only the allowed ones.',
    ),
  allow: listOf(nodeId(), 'a list of node ids').default([]).describe('Nodes that are always followed.'),
  deny: listOf(nodeId(), 'a list of node ids').default([]).describe('Nodes that are never followed.'),
});

const OAI_UNRESERVED = "[A-Za-z0-9\\-_.!~*'()]+";

const source = z.strictObject({
  name: matching(/^[\p{L}\p{N}][\p{L}\p{N} ._:-]{0,99}$/u, 'a name of letters, digits, spaces and . _ : -')
    .exactOptional()
    .describe('Name of the source in commands and lists. Without it, the host of its address.'),
  type: oneOf(['oai-pmh']).default('oai-pmh').describe('How the source is harvested.'),
  url: httpUrl().describe("Base URL of the repository's OAI-PMH interface."),
  metadataPrefix: matching(new RegExp(`^${OAI_UNRESERVED}$`), 'a metadata prefix such as "oai_dc"')
    .default('oai_dc')
    .describe('Metadata format to ask for.'),
  set: matching(new RegExp(`^${OAI_UNRESERVED}(:${OAI_UNRESERVED})*$`), 'a setSpec such as "articles:open"')
    .exactOptional()
    .describe('Harvest this set only.'),
});

export const configSchema = z
  .strictObject({
    $schema: z.string('a text').exactOptional().describe('The JSON Schema of this file, for editors.'),
    // As much as the head of a feed carries (`protocols/heads/head.ts`).
    name: text(200).default('NGR Node').describe('Name of the institution or repository, as pages show it.'),
    contact: z
      .email('an e-mail address')
      .max(300, 'an e-mail address')
      .exactOptional()
      .describe('E-mail address of who answers for the node. It is public.'),
    baseUrl: baseUrl()
      .exactOptional()
      .describe(
        "The node's public address. Records have their addresses under it, so it should never change. Without it, http://localhost and the port.",
      ),
    data: text()
      .default('./ngr-data')
      .describe("Folder of everything the node keeps, the node's key included."),
    network: matching(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
      'a name of letters, digits, dots, hyphens and underscores, at most 63 long',
    )
      .default('default')
      .describe('Network of nodes to be part of.'),
    sources: listOf(source, 'a list of repositories', 100)
      .default([])
      .describe(
        'Repositories to harvest. The records of one that is taken out are deleted when the others have been harvested.',
      ),
    sample: z
      .union([z.boolean(), z.string().regex(/^[a-z0-9-]{1,50}$/)], {
        error: 'false, true, or the name of a bundled sample repository',
      })
      .default(true)
      .describe(
        'Where there are no sources: serve and harvest a bundled sample repository (its name, or true).',
      ),
    http: http.prefault({}).describe('The web side.'),
    p2p: p2p.prefault({}).describe('The side towards other nodes.'),
    follow: follow.prefault({}).describe('Whose records are replicated.'),
    harvest: z
      .strictObject({
        intervalMinutes: wholeNumber(1, 525_600)
          .default(60)
          .describe('Minutes from the end of a harvest to the start of the next.'),
      })
      .prefault({})
      .describe('When sources are harvested.'),
    log: z
      .strictObject({
        level: oneOf(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'])
          .exactOptional()
          .describe('What is logged. Without it, "info", and only warnings on a terminal.'),
      })
      .prefault({})
      .describe('The log, as JSON lines on standard error.'),
  })
  .describe('Configuration of an NGR Node.');

/** The file as a person writes it: everything may be left out. */
export type ConfigFile = z.input<typeof configSchema>;
type Settings = z.output<typeof configSchema>;

/** A source to harvest, under the name that commands and lists know it by. */
export type SourceConfig = Settings['sources'][number] & { name: string };

/** Everything the node is told, checked and complete. `data` is an absolute path. */
export type Config = Omit<Settings, '$schema' | 'sources' | 'sample'> & {
  sources: SourceConfig[];
  /** The bundled sample repository to serve and harvest; only where there are no sources. */
  sample?: string;
};

/** The schema of the file as JSON Schema (draft 2020-12). */
export function configJsonSchema(): JsonSchema {
  return z.toJSONSchema(configSchema, { io: 'input' }) as JsonSchema;
}

/** The schema of one setting or group of settings, by its path; a number stands for the item of a list. */
export function settingSchema(path: readonly PropertyKey[]): JsonSchema | undefined {
  let schema: JsonSchema | undefined = configJsonSchema();
  for (const step of path) {
    schema = /^\d+$/.test(String(step)) ? schema?.items : schema?.properties?.[String(step)];
  }
  return schema;
}

/** As much of JSON Schema as the settings use. */
export interface JsonSchema {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  properties?: { [name: string]: JsonSchema };
  items?: JsonSchema;
  [keyword: string]: unknown;
}
