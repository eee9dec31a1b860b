import type { Body, Route } from '../route.ts';

const asked = {
  'hub.mode': 'subscribe',
  'hub.topic': 'https://node.example/none',
  'hub.callback': 'https://subscriber.example/callback',
};
const form = (parts: Readonly<Record<string, string>>): string =>
  new URLSearchParams({ ...asked, ...parts }).toString();
const good = form({});

const bad: Body['bad'] = [
  ['', 400],
  ['{}', 400],
  ['\u0000', 400],
  ['hub.mode=subscribe', 400],
  [form({ 'hub.mode': 'publish' }), 400],
  [form({ 'hub.mode': '' }), 400],
  [`${good}&hub.mode=subscribe`, 400],
  [`${good}&hub.topic=https://node.example/`, 400],
  [form({ 'hub.topic': 'no address' }), 400],
  [form({ 'hub.topic': `https://node.example/${'x'.repeat(3_000)}` }), 400],
  [form({ 'hub.callback': 'javascript:alert(1)' }), 400],
  [form({ 'hub.callback': 'https://user:secret@subscriber.example/' }), 400],
  [form({ 'hub.callback': 'https://subscriber.example/#part' }), 400],
  [form({ 'hub.callback': 'https://subscriber.example/\u0000' }), 400],
  [form({ 'hub.lease_seconds': '-1' }), 400],
  [form({ 'hub.lease_seconds': 'for ever' }), 400],
  [form({ 'hub.lease_seconds': '1e9' }), 400],
  [form({ 'hub.secret': 'x'.repeat(200) }), 400],
  [`${good}&hub.secret=%FF`, 400],
  [`${good}&hub.secret=%ED%A0%80`, 400],
  [form({ 'hub.version': '2.0' }), 404],
];

/** The hub. Callbacks that hang, redirect or cannot be reached are in its own tests. */
export const webSub: readonly Route[] = [
  { method: 'GET', pattern: '/websub', path: () => '/websub' },
  {
    method: 'POST',
    pattern: '/websub',
    path: () => '/websub',
    form: 'text',
    status: 404,
    body: { type: 'application/x-www-form-urlencoded', good, bad, tooMany: 16 * 1024 + 1 },
  },
  { method: 'GET', pattern: '/api/websub', path: () => '/api/websub', isManagers: true },
];
