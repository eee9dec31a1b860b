import type { Route } from '../route.ts';
import { aNotification } from '../../../support/notifications.ts';
import { format } from './pages.ts';

/** Linked Data Notifications. */
export const inbox: readonly Route[] = [
  {
    method: 'GET',
    pattern: '/inbox',
    path: () => '/inbox',
    isStrict: true,
    isNegotiated: true,
    query: { after: { good: '', isText: true } },
  },
  {
    method: 'GET',
    pattern: '/inbox/constraints',
    path: () => '/inbox/constraints',
    isNegotiated: true,
    query: { format, lang: { good: 'es', bad: ['xx'] } },
  },
  {
    method: 'GET',
    pattern: '/inbox/:id',
    path: ({ notification }) => `/inbox/${notification}`,
    isNegotiated: true,
    unknown: [404],
  },
  {
    method: 'POST',
    pattern: '/inbox',
    path: () => '/inbox',
    status: 201,
    body: {
      type: 'application/ld+json',
      good: JSON.stringify(aNotification()),
      bad: [
        ['', 400],
        ['{', 400],
        ['\u0000', 400],
        ['null', 422],
        ['[]', 422],
        ['{"@id":"\\ud800"}', 422],
        ['{"__proto__":{"@id":"urn:x"}}', 422],
        [`${'['.repeat(50_000)}${']'.repeat(50_000)}`, 422],
        ['{"@context":"https://evil.example/c"}', 422],
        ['{"@context":{"@version":1.2},"@id":"urn:a","urn:p":1}', 422],
      ],
      tooMany: 256 * 1024 + 1,
    },
  },
];
