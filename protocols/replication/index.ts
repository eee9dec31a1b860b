export type { FrameChannel } from './channel.ts';
export { ReplicationClient, unpackPage, type EntriesPage, type Window } from './client.ts';
export { withDeadline } from './deadline.ts';
export { ReplicationError } from './errors.ts';
export { decodeFrame, encodeFrame, MAX_FRAME_BYTES } from './frame.ts';
export {
  limits,
  REPLICATION_PROTOCOL,
  type EntryWithBlock,
  type Request,
  type Response,
} from './messages.ts';
export { serveReplication } from './server.ts';
