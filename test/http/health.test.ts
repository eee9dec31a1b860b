import { expect } from 'chai';
import type { HealthReport } from '../../node/health/index.ts';
import { aSite, type TestSite } from './support/a-site.ts';

describe('/health', () => {
  let site: TestSite;
  let report: HealthReport;
  before(async () => {
    const ready = () => Promise.resolve({ ok: true, checks: [] });
    site = await aSite({ parts: { health: { ready, report: () => Promise.resolve(report) } } });
  });
  after(async () => {
    await site.close();
  });

  const time = Date.UTC(2026, 0, 1);

  it('tells in the form of the draft that all is well', async () => {
    const findings = [{ status: 'pass', value: 3e9, unit: 'bytes' }] as const;
    const checks = [{ name: 'disk:free', type: 'system', status: 'pass', findings }] as const;
    report = { status: 'pass', time, checks };
    const response = await site.get('/health');
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.equal('application/health+json');
    expect(response.headers.get('cache-control')).to.equal('no-store');
    expect(await response.json()).to.deep.equal({
      status: 'pass',
      releaseId: '0.1.0',
      serviceId: site.catalogue.node,
      description: 'Health of this NGR Node',
      checks: {
        'disk:free': [
          {
            componentType: 'system',
            observedValue: 3e9,
            observedUnit: 'bytes',
            status: 'pass',
            time: '2026-01-01T00:00:00.000Z',
          },
        ],
      },
    });
  });

  it('is 200 as long as the node serves, and 503 when it cannot', async () => {
    const findings = (status: 'warn' | 'fail') =>
      [{ status, of: 'theses', output: 'Why.', why: 'at https://10.1.2.3/' }] as const;
    for (const [status, code] of [
      ['warn', 200],
      ['fail', 503],
    ] as const) {
      const check = {
        name: 'sources:harvest',
        type: 'component',
        status,
        findings: findings(status),
      } as const;
      report = { status, time, checks: [check] };
      const response = await site.get('/health');
      expect(response.status).to.equal(code);
      const text = await response.text();
      // What errors say of the inside is for the log.
      expect(text).not.to.contain('10.1.2.3');
      const document = JSON.parse(text) as { output: string; checks: Record<string, object[]> };
      expect(document).to.include({ status, output: 'sources:harvest (theses): Why.' });
      expect(document.checks['sources:harvest']?.[0]).to.include({
        componentId: 'theses',
        status,
        output: 'Why.',
      });
      expect((await site.get('/health/live')).status).to.equal(200);
    }
  });
});
