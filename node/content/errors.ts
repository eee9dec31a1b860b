import { NgrError } from '../../vocab/errors.ts';

export class ContentError extends NgrError {}
