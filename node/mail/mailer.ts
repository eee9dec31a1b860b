import type { createTransport } from 'nodemailer';
import { mailError, sendingError } from './errors.ts';

export interface MailSettings {
  host: string;
  port: number;
  /** TLS from the start, by STARTTLS or not at all (RFC 8314, RFC 3207). */
  secure: 'tls' | 'starttls' | 'none';
  user?: string;
  password?: string;
  /** The address that letters come from. */
  from: string;
  /** Certificates (PEM) of authorities that are trusted in place of the usual. */
  ca?: string;
}

/** A letter of plain text. */
export interface Letter {
  /** A mail address, already checked. */
  to: string;
  subject: string;
  text: string;
}

const WITHIN_MS = 20_000;
const AT_ONCE = 5;
const LONGEST_SUBJECT = 150;

/** Sends letters by the institution's mail server (RFC 5321), a few at once, and tells when one could not be sent. */
export class Mailer {
  readonly #settings: MailSettings;
  readonly #name: string;
  readonly #withinMs: number;
  #transport: ReturnType<typeof createTransport> | undefined;
  readonly #ended = new AbortController();
  #sending = 0;

  /**
   * @param options.name of the sender, as recipients see it
   * @param options.withinMs for how long a letter is tried
   */
  constructor({
    settings,
    name,
    withinMs = WITHIN_MS,
  }: {
    settings: MailSettings;
    name: string;
    withinMs?: number;
  }) {
    this.#settings = settings;
    this.#name = oneLine(name);
    this.#withinMs = withinMs;
  }

  /** @throws MailError where the server has not taken it within twenty seconds */
  async send({ to, subject, text }: Letter): Promise<void> {
    const { host, port, from } = this.#settings;
    if (this.#sending >= AT_ONCE)
      throw mailError('MAIL_BUSY', 'Too many letters are being sent at this moment.');
    this.#sending += 1;
    try {
      const transport = await this.#made();
      await transport.sendMail({
        from: { name: this.#name, address: from },
        to: { name: '', address: to },
        subject: oneLine(subject),
        text,
        // Nobody's absence is answered to it (RFC 3834, section 5).
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: AbortSignal.any([this.#ended.signal, AbortSignal.timeout(this.#withinMs)]),
      });
    } catch (error) {
      throw sendingError(`${host}:${port}`, error);
    } finally {
      this.#sending -= 1;
    }
  }

  /** Breaks off what is being sent. */
  stop(): void {
    this.#ended.abort();
    this.#transport?.close();
  }

  /** Loaded with the first letter: many nodes write none from one start to the next. */
  async #made(): Promise<ReturnType<typeof createTransport>> {
    const nodemailer = await import('nodemailer');
    const { host, port, secure, user, password, ca } = this.#settings;
    const withinMs = this.#withinMs;
    this.#transport ??= nodemailer.createTransport({
      host,
      port,
      secure: secure === 'tls',
      requireTLS: secure === 'starttls',
      ignoreTLS: secure === 'none',
      ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
      ...(ca !== undefined && { tls: { ca } }),
      dnsTimeout: withinMs,
      connectionTimeout: withinMs,
      greetingTimeout: withinMs,
      socketTimeout: withinMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return this.#transport;
  }
}

/** Names of people and sites are part of headers: nothing in them begins another. */
function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_SUBJECT);
}
