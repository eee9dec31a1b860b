import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the examples of COAR Notify 1.0.1 lie, where they are at hand. */
export const payloadFolder = resolve('../shared/standards/coar-notify-1.0.1');

type Yaml = string | Yaml[] | { [key: string]: Yaml };
type Mapping = { [key: string]: Yaml };

/**
 * The example payload of each pattern, by the name of its file. The files leave out what several examples share and name
 * it by a `lookup`; what the specification has there is in the table below.
 */
export function specificationPayloads(): Map<string, Mapping> {
  if (!existsSync(payloadFolder)) return new Map();
  const files = readdirSync(payloadFolder).filter((name) => name.endsWith('.payload.yaml'));
  return new Map(
    files.map((file) => {
      const properties = readMapping(readFileSync(join(payloadFolder, file), 'utf8'));
      const payload = Object.entries(properties).map(([name, property]) => [
        name,
        valueOf(name, property as Mapping),
      ]);
      const contexts = ['https://www.w3.org/ns/activitystreams', 'https://coar-notify.net'];
      return [
        file.replace('.payload.yaml', ''),
        { '@context': contexts, ...Object.fromEntries(payload) } as Mapping,
      ];
    }),
  );
}

function valueOf(name: string, { value, lookup }: Mapping): Yaml {
  const wanted = typeof lookup === 'string' ? lookup : '';
  const found = value ?? lookups[name]?.[wanted];
  if (found === undefined) throw new Error(`the lookup ${wanted} of ${name} is not in the table`);
  return found;
}

const system = (id: string, inbox: string): Mapping => ({ id, type: 'Service', inbox });
const repository = system(
  'https://research-organisation.org/repository',
  'https://research-organisation.org/inbox/',
);
const journal = system('https://overlay-journal.com/system', 'https://overlay-journal.com/inbox/');
const systems: Mapping = {
  default: system(
    'https://generic-service-1.com/origin-system',
    'https://generic-service-1.com/origin-system/inbox/',
  ),
  repository,
  repository_2: system(
    'https://another-research-organisation.org/repository',
    'https://another-research-organisation.org/inbox/',
  ),
  'review-service': system('https://review-service.com/system', 'https://review-service.com/inbox/'),
  'overlay-journal': journal,
  'generic-service': system(
    'https://generic-service.com/system',
    'https://generic-service.com/system/inbox/',
  ),
  'generic-organisation': system('https://some-organisation.org', 'https://some-organisation.org/inbox/'),
};
const author: Mapping = {
  id: 'https://orcid.org/0000-0002-1825-0097',
  name: 'Josiah Carberry',
  type: 'Person',
};
const preprint: Mapping = {
  id: 'https://research-organisation.org/repository/preprint/201203/421/',
  type: ['Page', 'sorg:AboutPage'],
  'ietf:cite-as': 'https://doi.org/10.5555/12345680',
  'ietf:item': {
    id: 'https://research-organisation.org/repository/preprint/201203/421/content.pdf',
    type: ['Article', 'sorg:ScholarlyArticle'],
    mediaType: 'application/pdf',
  },
};
const offerId = 'urn:uuid:0370c0fb-bb78-4a9b-87f5-bed307a509dd';

const lookups: Readonly<Record<string, Mapping>> = {
  origin: systems,
  target: systems,
  actor: {
    default: { id: 'https://generic-service-1.com', name: 'Generic Service', type: 'Service' },
    author,
    'review-service': { id: 'https://review-service.com', name: 'Review Service', type: 'Service' },
    'overlay-journal': { id: 'https://overlay-journal.com', name: 'Overlay Journal', type: 'Service' },
    'generic-organisation': {
      id: 'https://some-organisation.org',
      name: 'Some Organisation',
      type: 'Organization',
    },
    'research-organisation': {
      id: 'https://research-organisation.org',
      name: 'Research Organisation',
      type: 'Organization',
    },
  },
  object: {
    preprint,
    'endorsement-offer': {
      id: offerId,
      type: ['Offer', 'coar-notify:EndorsementAction'],
      actor: author,
      origin: repository,
      target: journal,
      // As the example has it, which is less strict within an answer than the Offer has to be.
      object: { ...preprint, type: 'sorg:AboutPage' },
    },
  },
  context: { preprint: { id: preprint['id'] ?? '' } },
  inReplyTo: { 'required-inReplyTo': offerId, 'optional-inReplyTo': offerId },
  summary: {
    unprocessable_url: 'Unable to process URL: http://www.example.com/broken-url - returns HTTP error 404',
  },
};

/** As much of YAML as the files use: mappings by indentation, and values on their line. Block texts are left out. */
function readMapping(text: string): Mapping {
  const root: Mapping = {};
  const open: { indent: number; mapping: Mapping }[] = [{ indent: -1, mapping: root }];
  let blockIndent: number | undefined;
  for (const line of text.split('\n')) {
    const indent = line.search(/\S/);
    if (indent === -1 || (blockIndent !== undefined && indent > blockIndent)) continue;
    blockIndent = undefined;
    const [, key = '', rest = ''] = /^\s*"?([^":]+(?::[^":\s]+)?)"?\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const parent = open.at(-1)?.mapping ?? root;
    if (rest === '|' || rest === '>') blockIndent = indent;
    else if (rest === '') {
      const mapping: Mapping = {};
      parent[key] = mapping;
      open.push({ indent, mapping });
    } else parent[key] = /^["[]/.test(rest) ? (JSON.parse(rest) as Yaml) : rest;
  }
  return root;
}
