import type { AbstractBatchOperation, AbstractLevel, AbstractSublevel } from 'abstract-level';

/** The ordered key-value store: text keys, byte values. Everything above talks to `abstract-level`, not to LevelDB. */
export type Database = AbstractLevel<string | Buffer | Uint8Array, string, Uint8Array>;
/** A part's own piece of the store. No part reads another's. */
export type Section = AbstractSublevel<Database, string | Buffer | Uint8Array, string, Uint8Array>;
export type Operation = AbstractBatchOperation<Section, string, Uint8Array>;
