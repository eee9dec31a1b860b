/** Letters to the people who work with the node, by the institution's mail server. */
export { MailError } from './errors.ts';
export { Letters, type LetterLanguage } from './letters.ts';
export { Mailer, type MailSettings } from './mailer.ts';
