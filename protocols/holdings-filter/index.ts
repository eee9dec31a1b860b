export { FilterError } from './errors.ts';
export {
  digestIn,
  manifestFromTuple,
  manifestToTuple,
  packDigests,
  signManifest,
  verifyManifest,
  versionOf,
  type Manifest,
  type ManifestTuple,
  type SignedManifest,
} from './manifest.ts';
export {
  encodeSegment,
  keysIn,
  MAX_SEGMENT_BITS,
  MAX_SEGMENT_BYTES,
  segmentBits,
  segmentDigest,
  segmentOf,
  SegmentReader,
  segmentRange,
} from './segment.ts';
export { MAX_WORK_KEYS, packWorkKeys, unpackWorkKeys, workKeys, type WorkKey } from './work-keys.ts';
