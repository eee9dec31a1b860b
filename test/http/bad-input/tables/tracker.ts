import type { Route } from '../route.ts';

const hit = new URLSearchParams({
  url_ver: 'Z39.88-2004',
  url_tim: '2026-01-01T00:00:00Z',
  req_id: '192.0.2.1',
  req_dat: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0',
  'rft.artnum': 'oai:repository.example:1',
  rft_dat: 'Investigation',
}).toString();

/** OpenURL: its own parameters are in the tests of `/tracker`; here is what can be wrong with any of them. */
export const tracker: readonly Route[] = [
  { method: 'GET', pattern: '/tracker', path: () => `/tracker?${hit}`, status: 204 },
  {
    method: 'POST',
    pattern: '/tracker',
    path: () => '/tracker',
    status: 204,
    body: {
      type: 'application/x-www-form-urlencoded',
      good: hit,
      bad: [
        ['', 400],
        ['a', 400],
        ['url_ver=', 400],
        [hit.replace('2004', '2104'), 400],
        [hit.replace('2026-01-01T00', 'tomorrow'), 400],
        [`${hit}&rft.artnum=oai:repository.example:2`, 400],
        [hit.replace('oai%3Arepository.example%3A1', '%00'), 400],
        [hit.replace('oai%3Arepository.example%3A1', '%ED%A0%80'), 400],
        [`${hit}&${'x'.repeat(10_000)}=1`, 204],
      ],
      tooMany: 16 * 1024 + 1,
    },
  },
];
