import type { Route } from '../route.ts';

const get = (path: string): Route => ({ method: 'GET', pattern: path, path: () => path });
const capabilities = ['resourcelist', 'changelist', 'resourcedump', 'changedump'] as const;

/** ResourceSync, whose documents have no parameters. */
export const resourceSync: readonly Route[] = [
  get('/.well-known/resourcesync'),
  get('/resourcesync/capabilitylist.xml'),
  get('/resourcesync/change-notification.xml'),
  get('/resourcesync/framework-notification.xml'),
  ...capabilities.map((capability) => get(`/resourcesync/${capability}.xml`)),
  ...capabilities.map((capability): Route => {
    const hasRanges = capability.endsWith('dump');
    const extension = hasRanges ? 'zip' : 'xml';
    return {
      method: 'GET',
      pattern: `/resourcesync/${capability}/:file`,
      path: ({ parts }) => `/resourcesync/${capability}/${parts[capability]}.${extension}`,
      unknown: [404],
      ...(hasRanges && { hasRanges }),
    };
  }),
  { ...get('/resourcesync/dump'), status: 405 },
  {
    method: 'POST',
    pattern: '/resourcesync/dump',
    path: () => '/resourcesync/dump',
    body: {
      type: 'application/json',
      good: '["https://node.example/records/none"]',
      bad: [
        ['', 400],
        ['{', 400],
        ['{}', 400],
        ['[]', 400],
        ['[1]', 400],
        ['[null]', 400],
        ['["no address"]', 400],
        [`["https://node.example/${'x'.repeat(3_000)}"]`, 400],
        [`[${'['.repeat(50_000)}${']'.repeat(50_000)}]`, 400],
        [JSON.stringify(Array.from({ length: 50_001 }, (_, i) => `urn:x:${i}`)), 413],
      ],
      tooMany: 16 * 1024 * 1024 + 1,
    },
  },
];
