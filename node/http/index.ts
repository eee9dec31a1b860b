export { createApp } from './app.ts';
export { listen, type HttpServer } from './listen.ts';
export type { HttpParts, Readiness } from './parts.ts';
export { serverLimits } from './server-limits.ts';
export type { Site } from './site.ts';
export { recordJsonLd } from './record-formats.ts';
export { counterRouter } from './routers/counter/index.ts';
export { syncChannels } from './routers/resourcesync/index.ts';
export * from './page-kit.ts';
