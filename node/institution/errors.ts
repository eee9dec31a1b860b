import { NgrError } from '../../vocab/errors.ts';

/**
 * What is said of the institution cannot be taken.
 *
 * - `INSTITUTION_CHANGED`: somebody else has changed it since it was read.
 * - `LOGO_NONE`: no file came.
 * - `LOGO_KIND`: the file is no PNG, JPEG or WebP.
 * - `LOGO_DAMAGED`: the file begins like one of them, and is not whole.
 * - `LOGO_SIZE`: the picture is wider or higher than it may be.
 * - `LOGO_BYTES`: the file is larger than it may be.
 */
export class InstitutionError extends NgrError {}
