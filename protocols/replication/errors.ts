import { NgrError } from '../../vocab/errors.ts';

/** A replication stream broke the protocol, or took too long. */
export class ReplicationError extends NgrError {}
