import type { Logger } from 'pino';
import { MailError } from './errors.ts';
import type { Letter, Mailer } from './mailer.ts';
import { en, type LetterTexts } from './texts/en.ts';
import { es } from './texts/es.ts';
import { fr } from './texts/fr.ts';
import { pt } from './texts/pt.ts';

const texts = { en, es, pt, fr } as const satisfies Record<string, LetterTexts>;
export type LetterLanguage = keyof typeof texts;

interface LettersOptions {
  mailer: Pick<Mailer, 'send'>;
  site: { base: string; name: string };
  log: Pick<Logger, 'warn'>;
}

/** Of these, more are not begun: who asks for them is not to fill the memory. */
const MOST_WAITING = 20;

/** The letters that the node writes to the people who work with it: plain text, in four languages. */
export class Letters {
  readonly #options: LettersOptions;
  readonly #waiting = new Set<Promise<void>>();

  constructor(options: LettersOptions) {
    this.#options = options;
  }

  /**
   * The invitation to an account.
   * @param invited.by the name of who invites
   * @throws MailError where it could not be sent
   */
  async invite(
    invited: { mail: string; by: string; link: string; expires: number },
    language: LetterLanguage,
  ): Promise<void> {
    const { mailer, site } = this.#options;
    const { subject, text } = texts[language].invitation;
    const until = new Date(invited.expires).toLocaleDateString(language, {
      dateStyle: 'long',
      timeZone: 'UTC',
    });
    await mailer.send({
      to: invited.mail,
      subject: subject(site.name),
      text: text(site.name, invited.by, invited.link, until),
    });
  }

  /**
   * The link for a new password. It is sent while other things are done: how long that takes would tell whether there is an account.
   * @param link makes it
   */
  reset(mail: string, link: () => Promise<string>, language: LetterLanguage): void {
    const { site } = this.#options;
    const { subject, text } = texts[language].reset;
    this.#meanwhile(async () => ({
      to: mail,
      subject: subject(site.name),
      text: text(site.name, await link()),
    }));
  }

  /** That somebody's password was changed. */
  changed(mail: string, language: LetterLanguage): void {
    const { site } = this.#options;
    const { subject, text } = texts[language].changed;
    const forgotten = `${site.base}/dashboard/forgotten`;
    this.#meanwhile(() => ({ to: mail, subject: subject(site.name), text: text(site.name, forgotten) }));
  }

  /** When what is being sent has been, or has failed. */
  async settled(): Promise<void> {
    await Promise.all(this.#waiting);
  }

  #meanwhile(letter: () => Promise<Letter> | Letter): void {
    const { mailer, log } = this.#options;
    if (this.#waiting.size >= MOST_WAITING) {
      log.warn('a letter was not sent: too many are being sent');
      return;
    }
    // Neither the address nor the link is for the log, and what the server said may hold the one.
    const sent: Promise<void> = (async () => mailer.send(await letter()))()
      .catch((error: unknown) => {
        const told = error instanceof MailError ? { code: error.code, ...error.details } : { err: error };
        log.warn(told, 'a letter could not be sent');
      })
      .finally(() => this.#waiting.delete(sent));
    this.#waiting.add(sent);
  }
}
