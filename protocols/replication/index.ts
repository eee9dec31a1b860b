export type { FrameChannel } from './channel.ts';
export { ReplicationClient, type Window } from './client.ts';
export { withDeadline } from './deadline.ts';
export { ReplicationError } from './errors.ts';
export { decodeFrame, encodeFrame, MAX_FRAME_BYTES } from './frame.ts';
export { bytesSchema, checkedMessage, placeSchema } from './message-parts.ts';
export {
  limits,
  REPLICATION_PROTOCOL,
  type EncodedEntryWithBlock,
  type EntryWithBlock,
  type KnownSummary,
  type Request,
  type Response,
} from './messages.ts';
export { decodePageItem, encodePageItem, type PageItem } from './page-item.ts';
export { unpackPage } from './page.ts';
export { serveReplication } from './server.ts';
