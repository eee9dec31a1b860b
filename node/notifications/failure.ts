import { mayPass } from '../../protocols/http/index.ts';
import { LdnError, type DeliveryAnswer } from '../../protocols/ldn/index.ts';
import { failureOfAnswer, failureOfError, type DeliveryFailure } from '../outbound/index.ts';

/** What an inbox's answer means: undefined where it has taken the notification. */
export function refusalOf(answer: DeliveryAnswer, now: number): DeliveryFailure | undefined {
  const failure = failureOfAnswer(answer, { receiver: 'inbox', now });
  if (failure === undefined) return undefined;
  const { status, said, location } = answer;
  const hasMoved = status < 400 && location !== undefined;
  const moved = hasMoved ? ` It has moved to ${location}.` : '';
  return { ...failure, message: `${failure.message}${moved}${said === undefined ? '' : ` ${said}`}` };
}

/** What an error on the way to an inbox means: one that a page does not tell is not found by waiting, unless that page is away. */
export function failureOnTheWay(error: unknown): DeliveryFailure {
  if (!(error instanceof LdnError)) return failureOfError(error);
  const { status } = error.details;
  return {
    code: error.code,
    message: error.message,
    mayPass: typeof status === 'number' && mayPass(status),
  };
}
