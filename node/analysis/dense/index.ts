export { DenseVectors } from './dense-vectors.ts';
export { DenseError, type DenseErrorCode } from './errors.ts';
export { ModelThread } from './model-thread.ts';
export { RecordLikeness } from './record-likeness.ts';
export type { ModelSettings } from './settings.ts';
