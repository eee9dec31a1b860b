export { createApp, createReadingApp } from './app.ts';
export { Forwarding, ViewsForWriter, WriterCalls, WritersBeside, type Writer } from './cluster/index.ts';
export { listen, type HttpServer } from './server/listen.ts';
export type { HttpParts, Readiness } from './parts.ts';
export type { ReadParts } from './read-parts.ts';
export { siteOf, type Site } from './site.ts';
export { recordJsonLd } from './records/formats.ts';
export { counterRouter } from './routers/counter/index.ts';
export { syncChannels } from './routers/resourcesync/index.ts';
export * from './page-kit.ts';
export {
  openApiDocument,
  routeOf,
  toldValues,
  type JsonSchema,
  type OpenApiDocument,
  type Operation,
  type OperationObject,
} from './openapi/index.ts';
export { httpOperations } from './operations.ts';
