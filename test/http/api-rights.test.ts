import { expect } from 'chai';
import { may, roles } from '../../node/accounts/index.ts';
import { apiRouter } from '../../node/http/routers/api/index.ts';
import { rightsOfRoutes } from '../../node/http/routers/api/rights.ts';
import { API_TOKEN, aSite, type TestSite } from './support/a-site.ts';

const DAY_MS = 24 * 60 * 60_000;

describe('the rights of the API', () => {
  let site: TestSite;
  before(async () => {
    site = await aSite({});
  });
  after(() => site.close());

  /** Every route of the API, as method and pattern. */
  const routes = (): string[] =>
    apiRouter(site.parts as Parameters<typeof apiRouter>[0])
      .stack.flatMap(({ methods, path }) =>
        methods.filter((method) => method !== 'HEAD').map((method) => `${method} ${String(path)}`),
      )
      .toSorted();

  async function statusOf(route: string, token?: string): Promise<number> {
    const [method = '', pattern = ''] = route.split(' ');
    const path = pattern.replaceAll(/:[a-z]+/g, 'unknown');
    const response = await fetch(site.url + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(method !== 'GET' && method !== 'DELETE' && { body: '[]' }),
    });
    await response.arrayBuffer();
    return response.status;
  }

  it('are told of every route, and of no other', () => {
    expect(routes()).to.deep.equal(Object.keys(rightsOfRoutes).toSorted());
  });

  it('hold for every route and everybody', async () => {
    const tokens = new Map<string, string>();
    for (const role of ['administrator', 'advanced', 'standard'] as const) {
      const { secret } = await site.accounts.invite({ mail: `${role}@example.edu`, name: role, role });
      await site.accounts.accept(secret, { name: role, password: 'correct horse battery' });
      const { id = '' } = site.accounts.people.find((person) => person.role === role) ?? {};
      tokens.set(role, (await site.accounts.makeToken(id, { name: 'test', days: 30 })).secret);
    }
    const expired = await site.accounts.makeToken(site.accounts.people[0]?.id ?? '', {
      name: 'old',
      days: 1,
    });
    site.clock.advance(DAY_MS);
    for (const [route, right] of Object.entries(rightsOfRoutes)) {
      for (const token of [undefined, 'forged', expired.secret])
        expect(await statusOf(route, token), `${route} with ${token}`).to.equal(401);
      for (const role of roles) {
        const status = await statusOf(route, tokens.get(role));
        if (may(role, right)) expect(status, `${route} by ${role}`).to.not.be.oneOf([401, 403]);
        else expect(status, `${route} by ${role}`).to.equal(403);
      }
      expect(await statusOf(route, API_TOKEN), `${route} with the node's token`).to.not.be.oneOf([401, 403]);
    }
    const [latest] = await site.accounts.audit.read({ limit: 1 });
    expect(latest?.action).to.match(/^[A-Z]+ \/api\//);
  });

  it('are asked for of what is done, where a path fits two addresses', async () => {
    await fetch(`${site.url}/api/usage/imports/accept`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
      body: '{}',
    });
    const [latest] = await site.accounts.audit.read({ limit: 1 });
    // It is the first of the two that answers, and "imports" is no node.
    expect(latest?.action).to.equal('POST /api/usage/:node/accept');
  });

  it('let an administrator invite, change and take out, and read who did it', async () => {
    const api = (method: string, path: string, body?: unknown): Promise<Response> =>
      fetch(site.url + path, {
        method,
        headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    const made = await api('POST', '/api/people/invitations', { mail: 'bea@example.edu', name: 'Bea' });
    expect(made.status).to.equal(201);
    const { link, role } = (await made.json()) as { link: string; role: string };
    expect(role).to.equal('standard');
    const code = new URL(link).searchParams.get('code') ?? '';
    await site.accounts.accept(code, { name: 'Bea', password: 'correct horse battery' });
    const { people } = (await (await api('GET', '/api/people')).json()) as {
      people: { id: string; name: string }[];
    };
    const { id = '' } = people.find(({ name }) => name === 'Bea') ?? {};
    expect((await api('PUT', `/api/people/${id}/role`, { role: 'owner' })).status).to.equal(400);
    expect((await api('PUT', `/api/people/${id}/role`, { role: 'advanced' })).status).to.equal(200);
    expect((await api('DELETE', `/api/people/${id}`)).status).to.equal(204);
    expect((await api('DELETE', `/api/people/${id}`)).status).to.equal(404);
    const { entries, next } = (await (await api('GET', '/api/audit?limit=2')).json()) as {
      entries: { action: string; refused?: string }[];
      next: string;
    };
    expect(entries.map(({ action, refused }) => [action, refused])).to.deep.equal([
      ['DELETE /api/people/:id', 'ACCOUNT_UNKNOWN'],
      ['DELETE /api/people/:id', undefined],
    ]);
    expect((await api('GET', `/api/audit?before=${encodeURIComponent(next)}`)).status).to.equal(200);
  });
});
