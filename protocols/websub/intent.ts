import { request, textOf, type RequestOptions } from '../http/index.ts';

/** What a hub asks a subscriber about. */
interface Intent {
  mode: 'subscribe' | 'unsubscribe';
  /** As in the subscriber's request. */
  topic: string;
  /** Random, used once. */
  challenge: string;
  /** How long the subscription will last from this question on. A question about a subscription has it. */
  leaseSeconds?: number;
}

/** Whether the subscriber meant it, or why not. */
export type Verdict = { confirmed: true } | { confirmed: false; status: number; why: string };

/** The callback's address with a question behind its own query, which stays as it is (WebSub, section 5.1.1). */
export function intentAddress(callback: string, { mode, topic, challenge, leaseSeconds }: Intent): string {
  return withQuery(callback, {
    'hub.mode': mode,
    'hub.topic': topic,
    'hub.challenge': challenge,
    ...(leaseSeconds !== undefined && { 'hub.lease_seconds': String(leaseSeconds) }),
  });
}

/**
 * Asks a subscriber whether it wants what was asked of the hub in its name (WebSub, section 5.3). It does where it answers
 * with 2xx and the challenge, and nothing else (section 5.3.1); a redirect is an answer like any other.
 *
 * @throws what `fetch` throws where there is no answer
 */
export async function verifyIntent(
  callback: string,
  intent: Intent,
  options: RequestOptions,
): Promise<Verdict> {
  const { challenge } = intent;
  return await request(intentAddress(callback, intent), { redirect: 'manual' }, options, async (response) => {
    const { ok, status } = response;
    if (!ok) return { confirmed: false, status, why: `It answered with HTTP status ${status}.` };
    const echoed = await textOf(response, Buffer.byteLength(challenge) + 1);
    if (echoed === challenge) return { confirmed: true };
    return { confirmed: false, status, why: 'It did not answer with the challenge.' };
  });
}

/** Tells a subscriber that its subscription is not possible, or no more (WebSub, section 5.2). @throws what `fetch` throws */
export async function denySubscription(
  callback: string,
  { topic, reason }: { topic: string; reason: string },
  options: RequestOptions,
): Promise<void> {
  const address = withQuery(callback, { 'hub.mode': 'denied', 'hub.topic': topic, 'hub.reason': reason });
  await request(address, { redirect: 'manual' }, options, () => Promise.resolve());
}

function withQuery(callback: string, parameters: Record<string, string>): string {
  const joint = !callback.includes('?') ? '?' : /[?&]$/.test(callback) ? '' : '&';
  return `${callback}${joint}${new URLSearchParams(parameters).toString()}`;
}
