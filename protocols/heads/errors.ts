import { NgrError } from '../../vocab/errors.ts';

/** Something that another node sent has not the form of the protocol, or not a right signature. */
export class ProtocolError extends NgrError {}
