import { NgrError } from '../../vocab/errors.ts';

/** A holdings filter that cannot be made, or bytes from outside that are none. */
export class FilterError extends NgrError {}
