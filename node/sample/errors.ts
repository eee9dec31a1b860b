import { NgrError } from '../../vocab/errors.ts';

/**
 * - `SAMPLE_MISSING`: there is no such sample directory, or it lacks a file.
 * - `SAMPLE_INVALID`: a file of it is not as it has to be.
 * - `SAMPLE_PORT`: the port cannot be listened at.
 */
export class SampleError extends NgrError {}
