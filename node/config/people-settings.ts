import { z } from 'zod';
import { issuer, listOf, matching, oneOf, path, text, variable, wholeNumber, yesOrNo } from './values.ts';

const SECRET_WORDS = 'one of the two, a file or a variable';

const provider = z
  .strictObject({
    name: matching(
      /^[a-z0-9][a-z0-9-]{0,30}$/,
      'a name of small letters, digits and hyphens, 31 at most',
    ).describe(
      'Name in the address that people come back to, which the provider has to know: BASE/dashboard/login/oidc/NAME/callback.',
    ),
    title: text(60).exactOptional().describe('Name for people, as "ORCID". Without it, the name.'),
    issuer: issuer().describe(
      'Issuer of the ID tokens; /.well-known/openid-configuration is asked for under it. Its host may lie in the private network.',
    ),
    clientId: text(300).describe('The name under which the node is registered there.'),
    clientSecretFile: path()
      .exactOptional()
      .describe('File with the secret that the node got there. Without any, the node is a public client.'),
    clientSecretVariable: variable()
      .exactOptional()
      .describe('Environment variable with that secret, instead.'),
    scopes: listOf(
      matching(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/, 'a scope such as "email"'),
      'a list of scopes',
      20,
    )
      .default(['openid', 'email', 'profile'])
      .describe('What is asked for. ORCID knows "openid" only.'),
    trustMail: yesOrNo()
      .default(false)
      .describe(
        'Whether mail addresses count as verified where the provider does not say so (email_verified). Only where it gives out the addresses itself.',
      ),
    logout: yesOrNo()
      .default(false)
      .describe(
        'Whether who came in by it and logs out here is led on to log out there, too. BASE/dashboard/login has to be registered there to come back to.',
      ),
  })
  .check(({ value, issues }) => {
    if (!value.scopes.includes('openid'))
      issues.push({
        code: 'custom',
        path: ['scopes'],
        message: 'a list with "openid" in it',
        input: undefined,
      });
    if (value.clientSecretFile !== undefined && value.clientSecretVariable !== undefined)
      issues.push({
        code: 'custom',
        path: ['clientSecretVariable'],
        message: SECRET_WORDS,
        input: undefined,
      });
  });

/** How the people of the dashboard log in. */
export const loginSettings = z
  .strictObject({
    passwords: yesOrNo()
      .default(true)
      .describe(
        'Whether people can log in by a password that the node keeps; without, by the providers only.',
      ),
    providers: listOf(provider, 'a list of providers', 10)
      .default([])
      .describe("Other systems where people log in (OpenID Connect): the institution's own, ORCID."),
  })
  .check(({ value, issues }) => {
    if (value.passwords || value.providers.length > 0) return;
    const message = 'true where there are no providers: nobody could log in';
    issues.push({ code: 'custom', path: ['passwords'], message, input: undefined });
  });

/** The server that sends the node's letters. */
export const mailSettings = z
  .strictObject({
    host: matching(/^[A-Za-z0-9.:-]{1,253}$/, 'the name or address of a host').describe(
      'Host of the mail server.',
    ),
    port: wholeNumber(1, 65_535)
      .default(587)
      .describe('Its port: usually 587 with "starttls", 465 with "tls".'),
    secure: oneOf(['tls', 'starttls', 'none'])
      .default('starttls')
      .describe('"tls" from the start, "starttls", or "none": only for a server on this machine.'),
    user: text(300).exactOptional().describe('User name there. Without it, the node does not log in.'),
    passwordFile: path().exactOptional().describe('File with the password.'),
    passwordVariable: variable().exactOptional().describe('Environment variable with the password, instead.'),
    from: z
      .email('an e-mail address')
      .max(254, 'an e-mail address')
      .describe('Address that the letters come from.'),
    caFile: path()
      .exactOptional()
      .describe(
        'File with certificates (PEM) of the authority that the server has its own from, where it is not a public one.',
      ),
  })
  .check(({ value, issues }) => {
    const given = [value.passwordFile, value.passwordVariable].filter((one) => one !== undefined).length;
    if (given === (value.user === undefined ? 0 : 1)) return;
    const message = value.user === undefined ? 'given with "user" only' : SECRET_WORDS;
    issues.push({ code: 'custom', path: ['passwordFile'], message, input: undefined });
  });
