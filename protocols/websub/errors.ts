import { NgrError } from '../../vocab/errors.ts';

/**
 * What was posted to a hub is no request that it can take.
 *
 * - `WEBSUB_WRONG_TYPE`: the content type is not that of a form.
 * - `WEBSUB_BAD_PARAMETER`: a parameter is missing, there twice, or not what the standard has; `details.parameter` names it.
 */
export class WebSubError extends NgrError {}

export function badParameter(parameter: string, why: string): WebSubError {
  return new WebSubError('WEBSUB_BAD_PARAMETER', `${parameter} ${why}.`, {
    remedy: 'WebSub (W3C Recommendation), section 5.1, tells what a request has to have.',
    details: { parameter },
  });
}
