import type { Logger } from 'pino';
import { Accounts, ExternalLogins, type LoginProvider } from '../accounts/index.ts';
import type { HttpParts } from '../http/index.ts';
import { Letters, Mailer, type MailSettings } from '../mail/index.ts';
import { guardedFetch } from '../outbound/index.ts';
import type { Foundation } from './foundation.ts';
import { secretOf, textOf } from './secrets.ts';

const TIMEOUT_MS = 10_000;

/** Opens the accounts of the people who work with the node, the ways by which they log in, and the way to write to them. */
export async function startPeople(
  on: Pick<Foundation, 'config' | 'store' | 'base' | 'userAgent' | 'clock' | 'log' | 'onStop'>,
): Promise<Pick<HttpParts, 'accounts' | 'externalLogins' | 'letters'>> {
  const { config, store, base, userAgent, clock, log } = on;
  const providers = await Promise.all(config.login.providers.map((provider) => providerOf(provider, log)));
  const issuers = providers.map(({ issuer }) => issuer);
  return {
    accounts: await Accounts.open({
      section: store.section('accounts'),
      clock,
      log,
      ways: { passwords: config.login.passwords, issuers },
    }),
    externalLogins: new ExternalLogins({
      providers,
      base,
      fetch: guardedFetch({ allow: issuers, userAgent, timeoutMs: TIMEOUT_MS }),
      clock,
      log,
    }),
    letters: await startLetters(on),
  };
}

async function startLetters({
  config,
  base,
  log,
  onStop,
}: Pick<Foundation, 'config' | 'base' | 'log' | 'onStop'>): Promise<Letters | undefined> {
  const { mail, name } = config;
  if (mail === undefined) return undefined;
  const { passwordFile, passwordVariable, caFile, ...settings } = mail;
  const password = await secretOf('mail', { file: passwordFile, variable: passwordVariable }, log);
  const complete: MailSettings = {
    ...settings,
    ...(password !== undefined && { password }),
    ...(caFile !== undefined && { ca: await textOf('mail.caFile', caFile) }),
  };
  if (complete.secure === 'none' && !/^(?:localhost|127\.[\d.]+|::1)$/.test(complete.host))
    log.warn(
      { host: complete.host },
      'letters go to the mail server unencrypted, links for passwords among them: set mail.secure to "starttls" or "tls"',
    );
  const mailer = new Mailer({ settings: complete, name });
  const letters = new Letters({ mailer, site: { base, name }, log });
  onStop(async () => {
    mailer.stop();
    await letters.settled();
  });
  return letters;
}

async function providerOf(
  written: Foundation['config']['login']['providers'][number],
  log: Logger,
): Promise<LoginProvider> {
  const { clientSecretFile, clientSecretVariable, title, ...settings } = written;
  const where = `login.providers (${settings.name})`;
  const secret = await secretOf(where, { file: clientSecretFile, variable: clientSecretVariable }, log);
  return {
    ...settings,
    title: title ?? settings.name,
    ...(secret !== undefined && { clientSecret: secret }),
  };
}
