import { NgrError } from '../../../../vocab/errors.ts';

/**
 * A file or folder that cannot be read.
 *
 * - `FILES_NOT_THERE`: the path of the source leads to nothing, or to what is neither file nor folder.
 * - `FILE_UNREADABLE`: the operating system refuses it. `FILE_DAMAGED`: its compressed data are cut off or spoilt.
 */
export class FilesError extends NgrError {}
