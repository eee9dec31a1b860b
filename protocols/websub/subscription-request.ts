import { badParameter, WebSubError } from './errors.ts';

export const FORM_TYPE = 'application/x-www-form-urlencoded';
/** A secret has fewer bytes (section 5.1). */
const SECRET_BYTES = 200;
const MOST_URL = 2_000;

/** What a subscriber asks of a hub. */
export interface SubscriptionRequest {
  mode: 'subscribe' | 'unsubscribe';
  /** As it was written; `sameTopic` tells which one is meant. */
  topic: string;
  /** To be used exactly as it was written (section 8.3). */
  callback: string;
  /** How long the subscription is wished to last; the hub decides. */
  leaseSeconds?: number;
  /** Key of the signatures. */
  secret?: string;
}

/**
 * Reads the body of a subscription request (WebSub, section 5.1). Parameters that are not known are left aside.
 *
 * @param contentType the header's value
 * @throws WebSubError
 */
export function readSubscriptionRequest(
  body: Uint8Array,
  contentType: string | undefined,
): SubscriptionRequest {
  if (contentType?.split(';', 1)[0]?.trim().toLowerCase() !== FORM_TYPE) {
    throw new WebSubError('WEBSUB_WRONG_TYPE', `The content type has to be ${FORM_TYPE}.`);
  }
  const form = new URLSearchParams(utf8(body));
  const mode = required(form, 'hub.mode');
  if (mode !== 'subscribe' && mode !== 'unsubscribe') {
    throw badParameter('hub.mode', 'is neither "subscribe" nor "unsubscribe"');
  }
  const topic = url(required(form, 'hub.topic'), 'hub.topic');
  const callback = callbackOf(required(form, 'hub.callback'));
  if (mode === 'unsubscribe') return { mode, topic, callback };
  const lease = only(form, 'hub.lease_seconds');
  const secret = only(form, 'hub.secret');
  return {
    mode,
    topic,
    callback,
    ...(lease !== undefined && { leaseSeconds: secondsOf(lease) }),
    ...(secret !== undefined && { secret: checkedSecret(secret) }),
  };
}

/**
 * A topic in the one form by which two spellings of it are compared: characters that need no escape have none (section
 * 5.1.1), and scheme and host are in lower case.
 */
export function sameTopic(topic: string): string {
  const plain = topic.replaceAll(/%[\da-f]{2}/gi, (escape) => {
    const character = String.fromCodePoint(Number.parseInt(escape.slice(1), 16));
    return /[A-Za-z\d\-._~]/.test(character) ? character : escape.toUpperCase();
  });
  return URL.canParse(plain) ? new URL(plain).href : plain;
}

function utf8(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (cause) {
    throw new WebSubError('WEBSUB_BAD_PARAMETER', 'The body is not in UTF-8.', { cause });
  }
}

/** A parameter's value. An empty one is none, as some subscribers send what they leave out. */
function only(form: URLSearchParams, name: string): string | undefined {
  const values = form.getAll(name);
  if (values.length > 1) throw badParameter(name, `is there ${values.length} times`);
  const [value = ''] = values;
  // What is no UTF-8 once its escapes are taken away cannot be given back as it came.
  if (value.includes('\uFFFD')) throw badParameter(name, 'is not in UTF-8');
  return value === '' ? undefined : value;
}

function required(form: URLSearchParams, name: string): string {
  const value = only(form, name);
  if (value === undefined) throw badParameter(name, form.has(name) ? 'is empty' : 'is missing');
  return value;
}

function url(text: string, name: string): string {
  if (text.length > MOST_URL) throw badParameter(name, `is longer than ${MOST_URL} characters`);
  if (!/^https?:\/\/[^\s\p{Cc}]+$/iu.test(text) || !URL.canParse(text)) {
    throw badParameter(name, 'is no http or https address');
  }
  return text;
}

function callbackOf(text: string): string {
  const { username, password } = new URL(url(text, 'hub.callback'));
  if (username !== '' || password !== '') throw badParameter('hub.callback', 'has a user name or a password');
  if (text.includes('#')) throw badParameter('hub.callback', 'has a fragment, which no request can carry');
  return text;
}

function secondsOf(text: string): number {
  if (!/^0*[1-9]\d{0,14}$/.test(text))
    throw badParameter('hub.lease_seconds', 'is no positive whole number of seconds');
  return Number(text);
}

function checkedSecret(secret: string): string {
  if (Buffer.byteLength(secret) < SECRET_BYTES) return secret;
  throw badParameter('hub.secret', `has ${SECRET_BYTES} bytes or more`);
}
