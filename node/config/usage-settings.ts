import { z } from 'zod';
import {
  httpUrl,
  ipRange,
  listOf,
  matching,
  name,
  oneOf,
  path,
  text,
  wholeNumber,
  yesOrNo,
} from './values.ts';

/** Long enough that nobody guesses it. */
const KEY = /^[\x21-\x7e]{16,200}$/;
const KEY_WORDS = '16 to 200 characters without spaces';

const site = z.strictObject({
  name: name().describe('Name of the repository that sends its events.'),
  key: matching(KEY, KEY_WORDS).describe('Secret that it sends with each event ("site_key").'),
});

const rule = z.strictObject({
  path: text(1000).describe(
    'Regular expression of paths and queries, with one group that names the item. Its first match counts.',
  ),
  kind: oneOf(['investigation', 'request', 'ignore']).describe(
    '"investigation" for the page of an item, "request" for its content, "ignore" for what is neither.',
  ),
  item: text(1000)
    .default('$1')
    .describe(
      'What the item is called by the repository: an identifier or address, with $1 for the group, such as "oai:repository.example.edu:$1".',
    ),
});

const logFile = z.strictObject({
  name: name().describe('Name of the log in lists and issues.'),
  path: path().describe(
    'File that is read as it grows, with those that it is rotated to beside it (also as .gz). One * in its name stands for any.',
  ),
  repository: oneOf(['dspace', 'dspace-6', 'eprints', 'invenio', 'ojs', 'own-rules'])
    .default('own-rules')
    .describe(
      'What the paths mean: "dspace" for 7 to 9, "dspace-6" for 5 and 6, "eprints", "invenio", "ojs", or only the rules given here.',
    ),
  siteUrl: httpUrl()
    .exactOptional()
    .describe('Address of the repository, before the paths of its log. Items are found by it.'),
  rules: listOf(rule, 'a list of rules', 100)
    .default([])
    .describe('Rules that come before those of the repository.'),
});

const requestor = z.strictObject({
  id: matching(/^[\w.@:-]{1,100}$/, 'a requestor id of letters, digits and . _ @ : -').describe(
    'The requestor_id.',
  ),
  apiKey: matching(KEY, KEY_WORDS).exactOptional().describe('The api_key, where one is asked for.'),
});

/** How the use of items is counted, and told. */
export const usageSettings = z.strictObject({
  windowDays: wholeNumber(1, 31)
    .default(3)
    .describe(
      'Days for which events that come late are taken. So long, and no longer, the hashes by which double clicks are found are kept.',
    ),
  robots: path()
    .exactOptional()
    .describe(
      'File with the COUNTER list of robots (COUNTER_Robots_list.json). Without it, the list of the package "isbot".',
    ),
  internal: listOf(ipRange(), 'a list of IP addresses', 1000)
    .default([])
    .describe('Addresses of staff and of machines of the institution, whose use is not counted.'),
  countries: path()
    .exactOptional()
    .describe(
      'File with countries of IP addresses (MaxMind DB format). Without it, use is not told by country.',
    ),
  publishCountries: yesOrNo()
    .default(false)
    .describe(
      'Whether the monthly summary for other nodes tells countries; those with few uses are told together.',
    ),
  sites: listOf(site, 'a list of sites', 500)
    .default([])
    .describe(
      'Repositories that send events to /tracker. Without any, events are taken from this machine only.',
    ),
  logs: listOf(logFile, 'a list of logs', 100)
    .default([])
    .describe("Logs of the repository's web server, read as they grow."),
  requestors: listOf(requestor, 'a list of requestors', 1000)
    .default([])
    .describe('Who may read the COUNTER reports at /counter. Without any, everybody.'),
  platform: text(200)
    .exactOptional()
    .describe("Name of the platform in COUNTER reports. Without it, the node's name."),
});
