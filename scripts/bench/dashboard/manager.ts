import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const MANAGER = { mail: 'manager@example.edu', name: 'Manager', role: 'administrator' };
const PASSWORD = 'a password of several words';

/** Every page that a manager comes to by a tab, and those behind that cost most. */
export const pages: readonly string[] = [
  '/dashboard',
  '/dashboard/records',
  '/dashboard/records?order=title',
  '/dashboard/records?order=published&turned=true&text=none',
  '/dashboard/records?state=withdrawn',
  '/dashboard/records?q=machine+translation',
  '/dashboard/records?q=machine+translation&order=title',
  '/dashboard/harvest',
  '/dashboard/usage',
  '/dashboard/network',
  '/dashboard/duplicates',
  '/dashboard/duplicates/said',
  '/dashboard/notifications',
  '/dashboard/assessments',
  '/dashboard/institution',
  '/dashboard/policy',
  '/dashboard/people',
  '/dashboard/audit',
  '/dashboard/account',
  '/assessments/rioxx',
  '/assessments/openaire',
  '/assessments/plan-s',
];

/** Makes an account and takes its invitation, as the first administrator does. @returns the cookie of the session */
export async function logIn(url: string, data: string): Promise<string> {
  const token = (await readFile(join(data, 'api-token'), 'utf8')).trim();
  const invited = await fetch(`${url}/api/people/invitations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(MANAGER),
  });
  const { link } = (await invited.json()) as { link: string };
  const code = new URL(link).searchParams.get('code') ?? '';
  const taken = await fetch(`${url}/dashboard/invitation`, {
    method: 'POST',
    body: new URLSearchParams({ code, name: MANAGER.name, password: PASSWORD }),
    redirect: 'manual',
  });
  const [cookie] = taken.headers.getSetCookie();
  if (cookie === undefined) throw new Error(`the invitation was answered with ${taken.status}`);
  return cookie.slice(0, cookie.indexOf(';'));
}
