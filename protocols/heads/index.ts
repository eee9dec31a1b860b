export { EntryVerifier, signEntries } from './entry-signature.ts';
export {
  encodeEntry,
  entryFromTuple,
  entryToTuple,
  leafOf,
  readEntry,
  readOwnEntry,
  type ChangeKind,
  type Entry,
  type HashedEntry,
  type SignedEntry,
} from './entry.ts';
export { ProtocolError } from './errors.ts';
export {
  decodeFork,
  encodeFork,
  forkOfEntries,
  forkOfHeads,
  nodeOfFork,
  verifyFork,
  type Fork,
} from './fork.ts';
export {
  headFromTuple,
  headToTuple,
  MAX_NETWORKS,
  NETWORK_NAME,
  signHead,
  verifyHead,
  type Head,
  type HeadTuple,
  type SignedHead,
} from './head.ts';
export { SetDigest } from './set-digest.ts';
export {
  nodeIdOfPublicKey,
  publicKeyOfNodeId,
  SignatureVerifier,
  signBytes,
  type Signer,
} from './signature.ts';
export {
  lineageFromJson,
  lineageToJson,
  MAX_SUCCESSIONS,
  pathBetween,
  signSuccession,
  stepsTo,
  verifySuccession,
  type Lineage,
} from './succession.ts';
export {
  decodeAnnouncement,
  encodeAnnouncement,
  fitsInline,
  MAX_ANNOUNCEMENT_BYTES,
  type Announcement,
} from './announcement.ts';
