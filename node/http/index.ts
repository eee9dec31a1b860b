export { createApp, createReadingApp } from './app.ts';
export { Forwarding, ViewsForWriter, WriterCalls, WritersBeside, type Writer } from './cluster/index.ts';
export { listen, type HttpServer } from './listen.ts';
export type { HttpParts, Readiness } from './parts.ts';
export type { ReadParts } from './read-parts.ts';
export { serverLimits } from './server-limits.ts';
export { siteOf, type Site } from './site.ts';
export { recordJsonLd } from './record-formats.ts';
export { counterRouter } from './routers/counter/index.ts';
export { syncChannels } from './routers/resourcesync/index.ts';
export * from './page-kit.ts';
export {
  openApiDocument,
  operationGroups,
  routeOf,
  toldValues,
  type JsonSchema,
  type OpenApiDocument,
  type Operation,
  type OperationObject,
} from './openapi/index.ts';
export { httpOperations } from './operations.ts';
