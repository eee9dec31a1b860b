import { NgrError } from '../../vocab/errors.ts';

export class StoreError extends NgrError {}
