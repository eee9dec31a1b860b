import { z } from 'zod';
import { MAX_NETWORKS } from '../../protocols/heads/index.ts';
import { loginSettings, mailSettings } from './people-settings.ts';
import { relatedSettings } from './related-settings.ts';
import { usageSettings } from './usage-settings.ts';
import {
  announcedAddress,
  baseUrl,
  httpUrl,
  ipRange,
  listOf,
  matching,
  networkName,
  nodeId,
  number,
  oneOf,
  peerAddress,
  storeUrl,
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
  requestsPerSecond: wholeNumber(0, 100_000)
    .default(50)
    .describe(
      'Requests that are answered of one public address a second, after a burst of twenty times as many; 0 for any number.',
    ),
  internalUrl: baseUrl()
    .exactOptional()
    .describe(
      'Where processes of the role "http" reach the writer, as http://10.0.0.5:8080. Without it, the address it listens on, and where that is every address, the name of its machine.',
    ),
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
      'How many nodes may stand behind one IP address before gossip turns them down; 0 is no limit. For networks behind one NAT or one relay.',
    ),
  announce: listOf(announcedAddress(), 'a list of libp2p addresses', 20)
    .default([])
    .describe(
      'Addresses by which others reach the node, in place of those on which it listens: behind port forwarding, or in a container.',
    ),
  webSocket: yesOrNo()
    .default(false)
    .describe(
      'Let other nodes in by WebSocket on the port of the web pages too, and tell them so. For nodes of which a firewall leaves the HTTPS port only; the reverse proxy has to pass WebSockets at / on.',
    ),
  relay: oneOf(['off', 'client', 'server'])
    .default('off')
    .describe(
      '"client" for a node that nobody can call: it opens no port, and is called through nodes that relay. "server" relays for such nodes.',
    ),
  privateNetworkKey: text(4000)
    .exactOptional()
    .describe(
      'File with the key of a private network: only nodes that have the same are spoken with. "ngr init --private-network" makes one.',
    ),
});

const location = z.strictObject({
  country: matching(/^[A-Z]{2}$/, 'a country of two letters (ISO 3166-1) such as "BR"').describe(
    'Country, two letters (ISO 3166-1 alpha-2).',
  ),
  latitude: number(-90, 90).exactOptional().describe('Degrees north of the equator (WGS 84).'),
  longitude: number(-180, 180).exactOptional().describe('Degrees east of Greenwich (WGS 84).'),
});

const follow = z.strictObject({
  mode: oneOf(['network', 'listed'])
    .default('network')
    .describe(
      '"network" follows every node of the networks that is not denied; "listed" only the allowed ones.',
    ),
  networks: listOf(networkName(), 'a list of names of networks', MAX_NETWORKS)
    .exactOptional()
    .describe(
      'Of the networks that the node is part of, those whose nodes are followed. Without it, all of them.',
    ),
  proof: oneOf(['required', 'shown'])
    .default('required')
    .describe(
      'Whether a node is followed only when the domain of its base URL names it as its own ("required"), or also without ("shown": /peers tells). Nodes on the allow list need no proof.',
    ),
  allow: listOf(nodeId(), 'a list of node ids').default([]).describe('Nodes that are always followed.'),
  deny: listOf(nodeId(), 'a list of node ids').default([]).describe('Nodes that are never followed.'),
  replacedAfterHours: wholeNumber(0, 8_760)
    .default(24)
    .describe(
      'Where a node has lost its key: for how many hours its domain has to name another one before that one is followed in its place.',
    ),
  quota: z
    .strictObject({
      records: wholeNumber(1, 1_000_000_000)
        .default(5_000_000)
        .describe('Records and tombstones that are kept of one node, at the most.'),
      megabytes: wholeNumber(1, 1_000_000_000)
        .default(50_000)
        .describe('Megabytes of records that are kept of one node, at the most.'),
      entriesPerSecond: wholeNumber(1, 1_000_000)
        .default(20_000)
        .describe('Changes that are taken in of one node in a second, over a minute.'),
    })
    .prefault({})
    .describe('How much of one node is kept.'),
});

const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._:-]{0,99}$/u;
const NAME_WORDS = 'a name of letters, digits, spaces and . _ : -';

const service = z.strictObject({
  name: matching(NAME, NAME_WORDS).describe('Name of the service in commands and lists.'),
  id: httpUrl().describe('Address by which it names itself in notifications ("origin.id").'),
  inbox: httpUrl()
    .exactOptional()
    .describe('Address of its inbox. Without it, the inbox is looked for where the id leads.'),
  trust: oneOf(['ask', 'accept', 'refuse'])
    .default('ask')
    .describe(
      'What becomes of the reviews, endorsements and relationships that it announces: "ask" leaves them to a person, "accept" shows them at once where it is sure that the service has sent them, "refuse" takes nothing from it.',
    ),
  addresses: listOf(ipRange(), 'a list of IP addresses', 100)
    .exactOptional()
    .describe(
      'IP addresses that it posts from; what comes from others is refused. Without it, those that the names of its hosts lead to are known as its own.',
    ),
});

const inbox = z.strictObject({
  accept: oneOf(['anyone', 'known'])
    .default('anyone')
    .describe(
      'Who may post notifications: "anyone", which then waits for a person, or "known" services only.',
    ),
  services: listOf(service, 'a list of services', 500)
    .default([])
    .describe(
      'Services that notifications come from and go to: reviewers, overlay journals, other repositories.',
    ),
});

const websub = z.strictObject({
  enabled: yesOrNo()
    .default(true)
    .describe('Whether others can subscribe to changes at /websub, and have them sent to their callbacks.'),
  maxLeaseSeconds: wholeNumber(60, 365 * 86_400)
    .default(10 * 86_400)
    .describe('For how long a subscription lasts at the most before it has to be renewed.'),
  privateCallbacks: listOf(httpUrl(), 'a list of addresses', 500)
    .default([])
    .describe(
      'Addresses of subscribers within the private network or on this machine, of which host and port count. No others are called there.',
    ),
});

const OAI_UNRESERVED = "[A-Za-z0-9\\-_.!~*'()]+";

const source = z
  .strictObject({
    name: matching(NAME, NAME_WORDS)
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
    path: text(4000).exactOptional().describe('For files: a file, or a folder of them.'),
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
    role: oneOf(['node', 'http'])
      .default('node')
      .describe(
        '"node" is the whole of it, and the one process that writes. "http" answers readers beside it, over the same PostgreSQL, as many as are needed (docs/store.md).',
      ),
    data: text()
      .default('./ngr-data')
      .describe("Folder of everything the node keeps, the node's key included."),
    store: storeUrl()
      .exactOptional()
      .describe(
        'A PostgreSQL that keeps the records, for those who outgrow one machine: postgres://USER@HOST/DATABASE (docs/store.md). The password is better left to "passwordFile" in it, or to the variable. Without it, they are kept below "data".',
      ),
    networks: listOf(networkName(), 'a list of names of networks', MAX_NETWORKS)
      .min(1, 'a list of names of networks, one at least')
      .default(['default'])
      .describe(
        'Networks of nodes to be part of: a country, a region, a subject. Nodes meet where they have one in common.',
      ),
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
    location: location
      .exactOptional()
      .describe('Where the institution is, for the map of the network. It is public.'),
    http: http.prefault({}).describe('The web side.'),
    p2p: p2p.prefault({}).describe('The side towards other nodes.'),
    follow: follow.prefault({}).describe('Whose records are replicated.'),
    inbox: inbox.prefault({}).describe('Notifications (Linked Data Notifications, COAR Notify).'),
    websub: websub.prefault({}).describe('The hub that sends changes to subscribers (WebSub).'),
    probes: z
      .strictObject({
        enabled: yesOrNo()
          .default(true)
          .describe(
            'Whether each source is asked every five minutes if it is there, for the availability over the year.',
          ),
        pages: listOf(httpUrl(), 'a list of addresses', 20)
          .default([])
          .describe('Pages of the repository that are asked as well, such as its front page.'),
      })
      .prefault({})
      .describe('How it is found out whether the repository is available (Plan S).'),
    harvest: z
      .strictObject({
        intervalMinutes: wholeNumber(1, 525_600)
          .default(60)
          .describe('Minutes from the end of a harvest to the start of the next.'),
        fullText: oneOf(['off', 'index', 'keep'])
          .default('index')
          .describe(
            'Whether open files are fetched and read: "index" keeps their words for the search and their references, "keep" the text too, "off" fetches nothing. Always off for the bundled samples.',
          ),
        doiResolver: httpUrl()
          .exactOptional()
          .describe(
            'Where works that are cited by DOI but not held are looked up: an address that the DOI is put behind and that answers in CSL-JSON, such as https://doi.org/. Without it nothing is looked up.',
          ),
      })
      .prefault({})
      .describe('When sources are harvested, and what of them.'),
    login: loginSettings.prefault({}).describe('How people log in to the dashboard (docs/dashboard.md).'),
    mail: mailSettings
      .exactOptional()
      .describe('The mail server, for invitations and new passwords. Without it, nothing is mailed.'),
    usage: usageSettings.prefault({}).describe('How the use of items is counted, and told (docs/usage.md).'),
    related: relatedSettings.prefault({}).describe('How related items are found.'),
    backup: z
      .strictObject({
        warnAfterHours: wholeNumber(1, 8_760)
          .default(48)
          .describe(
            'Where the node has been backed up before: hours from the last backup on, after which /health warns that it is old.',
          ),
      })
      .prefault({})
      .describe('How old the last backup ("ngr backup") may be.'),
    telemetry: z
      .strictObject({
        traces: httpUrl()
          .exactOptional()
          .describe(
            'Where traces are sent: the OTLP/HTTP address of an OpenTelemetry collector, such as http://localhost:4318/v1/traces. Without it, and without the variable OTEL_EXPORTER_OTLP_ENDPOINT, there are none (docs/operation.md).',
          ),
      })
      .prefault({})
      .describe('What the node tells of its inside, beside log and metrics.'),
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
export type WrittenSource = Settings['sources'][number];

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

/** Everything the node is told, checked and complete. `data` is an absolute path. */
export type Config = Omit<Settings, '$schema' | 'sources' | 'sample'> & {
  sources: SourceConfig[];
  /** The bundled sample repository to serve and harvest; only where there are no sources. */
  sample?: string;
};

let jsonSchema: JsonSchema | undefined;

/** The schema of the file as JSON Schema (draft 2020-12). */
export function configJsonSchema(): JsonSchema {
  // Made once: every flag of `ngr start` asks for its part of it.
  jsonSchema ??= z.toJSONSchema(configSchema, { io: 'input' }) as JsonSchema;
  return jsonSchema;
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
