import { NgrError } from '../../vocab/errors.ts';

/** `CONTENT_NO_PLACE`: a list is to go on from a place that it does not have. */
export class ContentError extends NgrError {}
