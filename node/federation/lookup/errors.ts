import { LookupError } from '../../../protocols/lookup/index.ts';

const REMEDY = 'Nothing to do here: the node that sent it is scored down.';

export function refusal(code: string, message: string): LookupError {
  return new LookupError(code, message, { remedy: REMEDY });
}
