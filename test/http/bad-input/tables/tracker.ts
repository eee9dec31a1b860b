import type { Route } from '../route.ts';

/** Of the one site that the tested node takes events from. */
export const SITE_KEY = 'a-key-of-the-repository';

const hit = new URLSearchParams({
  url_ver: 'Z39.88-2004',
  url_tim: '2026-01-01T00:00:00Z',
  req_id: '192.0.2.1',
  req_dat: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0',
  'rft.artnum': 'oai:repository.example:1',
  rft_dat: 'Investigation',
}).toString();

const body: Route['body'] = {
  type: 'application/x-www-form-urlencoded',
  good: hit,
  bad: [
    ['', 400],
    ['a', 400],
    ['url_ver=', 400],
    [hit.replace('2004', '2104'), 400],
    [hit.replace('2026-01-01T00', 'tomorrow'), 400],
    [hit.replace('192.0.2.1', '192.0.2'), 400],
    [`${hit}&rft.artnum=oai:repository.example:2`, 400],
    [hit.replace('oai%3Arepository.example%3A1', '%00'), 400],
    [hit.replace('oai%3Arepository.example%3A1', '%ED%A0%80'), 404],
    [`${hit}&${'x'.repeat(10_000)}=1`, 200],
    ['\u0000\u00ff'.repeat(1_000), 400],
  ],
  tooMany: 16 * 1024 + 1,
  alsoTypes: ['text/plain'],
};

/** OpenURL: its own parameters are in the tests of `/tracker`; here is what can be wrong with any of them. */
export const tracker: readonly Route[] = (['GET', 'POST'] as const).flatMap((method): Route[] => {
  const sent = method === 'GET' ? { query: `&${hit}` } : { query: '', body };
  const { query, ...more } = sent;
  return [
    { method, pattern: '/tracker', path: () => `/tracker?site_key=${SITE_KEY}${query}`, ...more },
    {
      method,
      pattern: '/tracker/:key',
      path: () => `/tracker/${SITE_KEY}?${query.slice(1)}`,
      // A wrong key; after sixty of them there is to be a pause. Without an event there is nothing to look at it for.
      unknown: method === 'GET' ? [200, 401, 429] : [401, 429, 415],
      ...more,
    },
  ];
});
