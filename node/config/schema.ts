import { z } from 'zod';
import { MAX_NETWORKS } from '../../protocols/heads/index.ts';
import { followSettings, locationSettings, p2pSettings } from './federation-settings.ts';
import { httpSettings } from './http-settings.ts';
import { inboxSettings, webSubSettings } from './notification-settings.ts';
import { loginSettings, mailSettings } from './people-settings.ts';
import { relatedSettings } from './related-settings.ts';
import { sourceSettings, type SourceConfig } from './source-settings.ts';
import { usageSettings } from './usage-settings.ts';
import {
  baseUrl,
  httpUrl,
  listOf,
  networkName,
  oneOf,
  storeUrl,
  text,
  wholeNumber,
  yesOrNo,
} from './values.ts';

/*
 * The one source of the settings: their types, defaults and meaning. The JSON Schema for editors, the page
 * docs/configuration.md and the help of `ngr start` are made from it.
 */

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
    sources: listOf(sourceSettings, 'a list of repositories', 100)
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
    location: locationSettings
      .exactOptional()
      .describe('Where the institution is, for the map of the network. It is public.'),
    http: httpSettings.prefault({}).describe('The web side.'),
    p2p: p2pSettings.prefault({}).describe('The side towards other nodes.'),
    follow: followSettings.prefault({}).describe('Whose records are replicated.'),
    inbox: inboxSettings.prefault({}).describe('Notifications (Linked Data Notifications, COAR Notify).'),
    websub: webSubSettings.prefault({}).describe('The hub that sends changes to subscribers (WebSub).'),
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

/** Everything the node is told, checked and complete. `data` is an absolute path. */
export type Config = Omit<Settings, '$schema' | 'sources' | 'sample'> & {
  sources: SourceConfig[];
  /** The bundled sample repository to serve and harvest; only where there are no sources. */
  sample?: string;
};
