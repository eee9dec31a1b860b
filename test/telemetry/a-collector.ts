import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as OTLP/HTTP brings it in JSON (OTLP Specification, "JSON Protobuf Encoding"). */
export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  /** 2: server, 3: client. */
  kind: number;
  attributes: Readonly<Record<string, unknown>>;
  /** 2: an error. */
  status: number | undefined;
  links: readonly { traceId: string }[];
}

/** Takes traces as a collector of OpenTelemetry does. */
export interface Collector {
  /** For OTEL_EXPORTER_OTLP_TRACES_ENDPOINT. */
  url: string;
  spans: ReceivedSpan[];
  /** Of what sent them. */
  resource: Record<string, unknown>;
  /** Requests so far. */
  requests: number;
  /** Of the answers from now on. */
  status: number;
  close(): Promise<void>;
}

interface Attribute {
  key: string;
  value: Record<string, unknown>;
}

interface Body {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: {
      spans: (Omit<ReceivedSpan, 'attributes' | 'status'> & {
        attributes: Attribute[];
        status?: { code?: number };
      })[];
    }[];
  }[];
}

export async function aCollector(): Promise<Collector> {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      collector.requests += 1;
      if (collector.status === 200) take(JSON.parse(Buffer.concat(pieces).toString()) as Body);
      response.writeHead(collector.status, { 'Content-Type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const collector: Collector = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`,
    spans: [],
    resource: {},
    requests: 0,
    status: 200,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const take = ({ resourceSpans }: Body): void => {
    for (const { resource, scopeSpans } of resourceSpans) {
      Object.assign(collector.resource, valuesOf(resource.attributes));
      for (const { spans } of scopeSpans)
        for (const { attributes, status, ...span } of spans)
          collector.spans.push({ ...span, attributes: valuesOf(attributes), status: status?.code });
    }
  };
  return collector;
}

function valuesOf(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
