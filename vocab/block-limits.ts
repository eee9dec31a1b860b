/**
 * A block at the most. It goes over the wire in one frame (`protocols/replication/frame.ts`), so that a record that is
 * within this bound can be had by every node; the largest real records, with 5,000 authors, have a sixth of it.
 */
export const MAX_BLOCK_BYTES = 3 * 1024 * 1024;
