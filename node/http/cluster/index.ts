export { WriterCalls } from './calls.ts';
export { Forwarding, type Writer } from './forwarding.ts';
export { fromCluster } from './from-cluster.ts';
export { MOST_TOLD, ViewsForWriter } from './views-for-writer.ts';
export { writeBeside, writeEvidence, WritersBeside } from './writers-beside.ts';
