import { NgrError } from '../../vocab/errors.ts';

/** A tracker's OpenURL cannot be read. The message says which key; it never repeats its value, which may be personal. */
export class OpenUrlError extends NgrError {}
