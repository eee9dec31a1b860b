import { rm } from 'node:fs/promises';
import { expect } from 'chai';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { startNode } from '../../node/main.ts';
import { resolveConfig } from '../../node/config/index.ts';
import {
  sampleDirectory,
  startSampleRepository,
  type RunningSampleRepository,
} from '../../node/sample/index.ts';
import { inSpan, startTracing } from '../../node/telemetry/index.ts';
import { temporaryDirectory } from '../support/node-process.ts';
import { silentLog } from '../support/test-catalogue.ts';
import { until } from '../support/until.ts';
import { aCollector, type Collector, type ReceivedSpan } from './a-collector.ts';

const [SERVER, CLIENT, ERROR] = [2, 3, 2];
const LONG_MS = 60_000;
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('traces', () => {
  let collector: Collector;
  let ends: (() => Promise<unknown>)[];
  beforeEach(async () => {
    collector = await aCollector();
    ends = [() => collector.close()];
  });
  afterEach(async () => {
    for (const end of ends.toReversed()) await end();
  });

  const start = async (
    env: Record<string, string>,
    options: { collector?: string; log?: typeof silentLog } = {},
  ): Promise<{ registry: Registry; stop: () => Promise<void> }> => {
    const registry = new Registry();
    const { collector: configured, log = silentLog } = options;
    const stop = await startTracing({ collector: configured, version: '1.2.3', env, registry, log });
    ends.push(stop);
    return { registry, stop };
  };
  /** The SDK reads some of the process itself. */
  const setVariables = (variables: Record<string, string>): void => {
    Object.assign(process.env, variables);
    ends.push(() => {
      for (const name of Object.keys(variables)) delete process.env[name];
      return Promise.resolve();
    });
  };
  const span = (name: string): Promise<void> => inSpan(name, {}, () => Promise.resolve());
  const droppedIn = async (registry: Registry, reason: string): Promise<number> => {
    const metric = await registry.getSingleMetric('ngr_spans_dropped_total')?.get();
    return metric?.values.find(({ labels }) => labels['reason'] === reason)?.value ?? 0;
  };
  const names = (): string[] => collector.spans.map(({ name }) => name);

  it('of a whole node tell of requests and harvests, of what belongs to them, and of no readers', async function () {
    this.timeout(120_000);
    setVariables({ OTEL_BSP_SCHEDULE_DELAY: '20' });
    const repository: RunningSampleRepository = await startSampleRepository({
      directory: await sampleDirectory('wyreford'),
    });
    ends.push(() => repository.close());
    const data = await temporaryDirectory();
    ends.push(() => rm(data, { recursive: true, force: true }));
    const file = {
      telemetry: { traces: collector.url },
      sources: [{ name: 'wyreford', url: repository.url }],
    };
    const quiet = { port: 0, host: '127.0.0.1' };
    const node = await startNode(
      resolveConfig({
        file: {
          path: 'ngr.config.json',
          text: JSON.stringify({ ...file, http: quiet, p2p: { ...quiet, mdns: false } }),
        },
        env: {},
        flags: { data },
        cwd: data,
      }),
      { log: silentLog },
    );
    let key = '';
    try {
      await until('the repository was harvested', () => node.catalogue.position > 40, LONG_MS);
      [key = ''] = await recordKeys(node.url);
      await fetch(`${node.url}/records/${key}?lang=es`, {
        headers: { traceparent: `00-${TRACE}-${SPAN}-01`, 'user-agent': 'Quokkabrowser' },
      });
      const refused = await fetch(`${node.url}/api/harvest`, { method: 'POST' });
      expect(refused.status).to.be.within(400, 499);
      const awaited = ['harvest', 'GET /records/:key'];
      await until('their spans have come', () => awaited.every((name) => names().includes(name)), LONG_MS);
    } finally {
      await node.stop();
    }

    const request = found('GET /records/:key');
    expect(request).to.include({ kind: SERVER, traceId: TRACE, parentSpanId: SPAN });
    expect(request.attributes).to.deep.equal({
      'http.request.method': 'GET',
      'url.scheme': 'http',
      'http.route': '/records/:key',
      'http.response.status_code': 200,
    });
    expect(JSON.stringify(collector.spans)).to.not.match(/Quokkabrowser|lang=es/);
    expect(key).to.have.length(20);
    expect(JSON.stringify(request)).to.not.contain(key);

    const harvest = found('harvest');
    expect(harvest.attributes).to.include({ 'ngr.source': 'wyreford' }).and.have.property('ngr.job');
    expect(harvest.parentSpanId ?? '').to.equal('');
    const parts = collector.spans.filter(({ traceId }) => traceId === harvest.traceId);
    const asked = parts.filter(({ kind, name }) => kind === CLIENT && name === 'GET');
    expect(asked.length).to.be.greaterThan(1);
    expect(asked[0]?.attributes).to.include({ 'server.address': new URL(repository.url).hostname });
    expect(asked[0]?.parentSpanId).to.equal(harvest.spanId);
    const put = parts.find(({ name }) => name === 'catalogue.put');
    expect(put?.parentSpanId).to.equal(harvest.spanId);
    const written = parts.filter(({ name }) => name === 'store.write');
    expect(written.map(({ parentSpanId }) => parentSpanId)).to.include(put?.spanId);
    expect(collector.resource)
      .to.include({ 'service.name': 'ngr-node' })
      .and.have.property('service.version');
  });

  it('go where the variables of OpenTelemetry say, as what they say', async () => {
    setVariables({
      OTEL_SERVICE_NAME: 'library',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=test',
    });
    const endpoint = collector.url.replace('/v1/traces', '');
    const { stop } = await start(
      { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint },
      { collector: 'http://127.0.0.1:9/v1/traces' },
    );
    await span('one');
    await stop();
    await until('it has come', () => names().length > 0);
    expect(names()).to.deep.equal(['one']);
    expect(collector.resource).to.include({ 'service.name': 'library', 'deployment.environment': 'test' });
  });

  it('are not recorded where the variables say so', async () => {
    for (const env of [
      { OTEL_SDK_DISABLED: 'true' },
      { OTEL_TRACES_EXPORTER: 'none' },
      { OTEL_TRACES_SAMPLER: 'always_off' },
      { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' },
    ]) {
      const { stop } = await start(env, { collector: collector.url });
      await span('none');
      await stop();
    }
    const { stop } = await start({ OTEL_TRACES_SAMPLER: 'traceidratio' }, { collector: collector.url });
    await span('one');
    await stop();
    await until('it has come', () => names().length > 0);
    expect(names()).to.deep.equal(['one']);
  });

  it('tell of an error by its code alone', async () => {
    const { stop } = await start({}, { collector: collector.url });
    const error = Object.assign(new Error('somebody@uni.example'), { code: 'HARVEST_BAD_XML' });
    await inSpan('failing', {}, () => Promise.reject(error)).catch(() => undefined);
    await stop();
    await until('it has come', () => names().length > 0);
    expect(found('failing')).to.include({ status: ERROR });
    expect(found('failing').attributes).to.deep.equal({ 'error.type': 'HARVEST_BAD_XML' });
    expect(JSON.stringify(collector.spans)).to.not.contain('somebody');
  });

  it('cost spans, which are counted, and nothing else where the collector does not take them', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
    collector.status = 400;
    const env = { OTEL_BSP_SCHEDULE_DELAY: '1', OTEL_BSP_MAX_QUEUE_SIZE: '4' };
    const { registry } = await start(env, { collector: collector.url, log });
    // All within one turn of the event loop: what does not fit is let go.
    await Promise.all(Array.from({ length: 10 }, (_, i) => span(`span ${i}`)));
    // Also those that are still on their way: the collector takes none of them later.
    await until(
      'all are dropped',
      async () => (await droppedIn(registry, 'export')) + (await droppedIn(registry, 'queue')) === 10,
    );
    expect(await droppedIn(registry, 'queue')).to.be.within(2, 6);
    collector.status = 200;
    await span('after');
    await until('the collector takes them again', () => names().includes('after'));
    const told = lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
    expect(told.filter((msg) => msg.includes('does not take'))).to.have.length(1);
    await until('the log says so', () => lines.some((line) => line.includes('takes traces again')));
  });

  it('of a collector that is away do not hold the end up', async () => {
    const { registry, stop } = await start({}, { collector: 'http://127.0.0.1:9/v1/traces' });
    await span('lost');
    await stop();
    expect(await droppedIn(registry, 'queue')).to.equal(0);
  });

  function found(name: string): ReceivedSpan {
    const one = collector.spans.find((received) => received.name === name);
    if (one === undefined) throw new Error(`no span ${name} among ${names().join(', ')}`);
    return one;
  }
});

async function recordKeys(url: string): Promise<string[]> {
  const list = (await (await fetch(`${url}/records?limit=1`)).json()) as { orderedItems: { id: string }[] };
  return list.orderedItems.map(({ id }) => id.slice(id.lastIndexOf('/') + 1));
}
