import type { Route } from '../route.ts';

const get = (path: string): Route => ({ method: 'GET', pattern: path, path: () => path });

/** What has neither parameters nor formats. */
export const plain: readonly Route[] = [
  get('/.well-known/ngr-node'),
  get('/context.jsonld'),
  get('/robots.txt'),
  get('/opensearch.xml'),
  get('/logo'),
  get('/health'),
  get('/health/live'),
  get('/health/ready'),
  get('/metrics'),
  get('/api/openapi.json'),
  { ...get('/assets/:name'), path: ({ stylesheet }) => `/assets/${stylesheet}`, unknown: [404] },
];
