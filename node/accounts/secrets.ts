import { createHash, createHmac, randomBytes } from 'node:crypto';
import { base32 } from '../../vocab/base32.ts';

const SECRET_BYTES = 32;
const ID_BYTES = 10;

/** What only its holder knows: the text of a cookie, a link or a token. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** Under which a secret is kept: who reads the store cannot use it. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** A name for what has no other. */
export function newId(): string {
  return base32(randomBytes(ID_BYTES));
}

/** What a form has to bring that was given out in a session: another site's page cannot know it. */
export function formTokenOf(sessionSecret: string): string {
  return createHmac('sha256', sessionSecret).update('ngr/form/1').digest('base64url');
}
