import { expect } from 'chai';
import { ConfigError, resolveConfig } from '../../node/config/index.ts';

const provider = { name: 'university', issuer: 'https://login.example.edu', clientId: 'ngr' };
const mail = { host: 'smtp.example.edu', from: 'node@example.edu' };

function configured(content: unknown): ReturnType<typeof resolveConfig> {
  const file = { path: '/etc/ngr/ngr.config.json', text: JSON.stringify(content) };
  return resolveConfig({ file, env: {}, flags: {}, cwd: '/home/node' });
}

describe('the settings of logins and mail', () => {
  it('are complete with little, and their files lie beside the configuration', () => {
    const { login, mail: letters } = configured({
      login: { providers: [{ ...provider, clientSecretFile: 'secret' }] },
      mail: { ...mail, user: 'node', passwordFile: '/run/mail', caFile: 'ca.pem' },
    });
    expect(login).to.deep.equal({
      passwords: true,
      providers: [
        {
          ...provider,
          clientSecretFile: '/etc/ngr/secret',
          scopes: ['openid', 'email', 'profile'],
          trustMail: false,
          logout: false,
        },
      ],
    });
    expect(letters).to.deep.equal({
      ...mail,
      port: 587,
      secure: 'starttls',
      user: 'node',
      passwordFile: '/run/mail',
      caFile: '/etc/ngr/ca.pem',
    });
  });

  const taken: readonly unknown[] = [
    { login: { passwords: false, providers: [provider] } },
    { login: { providers: [{ ...provider, issuer: 'http://127.0.0.1:3000/oidc' }] } },
    { login: { providers: [{ ...provider, clientSecretVariable: 'OIDC_SECRET' }] } },
    { mail },
    { mail: { ...mail, user: 'node', passwordVariable: 'MAIL_PASSWORD' } },
  ];
  for (const content of taken) it(`take ${JSON.stringify(content)}`, () => void configured(content));

  const refused: readonly [what: string, content: unknown][] = [
    ['no passwords and no providers', { login: { passwords: false } }],
    ['two providers of one name', { login: { providers: [provider, provider] } }],
    ['a name that is no part of an address', { login: { providers: [{ ...provider, name: '../x' }] } }],
    [
      'an issuer without TLS',
      { login: { providers: [{ ...provider, issuer: 'http://login.example.edu' }] } },
    ],
    ['an issuer with a query', { login: { providers: [{ ...provider, issuer: 'https://a.example/?b' }] } }],
    ['an issuer that is none', { login: { providers: [{ ...provider, issuer: 'javascript:1' }] } }],
    ['scopes without openid', { login: { providers: [{ ...provider, scopes: ['email'] }] } }],
    ['two scopes in one', { login: { providers: [{ ...provider, scopes: ['openid email'] }] } }],
    ['a secret in the file itself', { login: { providers: [{ ...provider, clientSecret: 'x' }] } }],
    [
      'two secrets',
      { login: { providers: [{ ...provider, clientSecretFile: 'a', clientSecretVariable: 'B' }] } },
    ],
    ['mail from nobody', { mail: { host: 'smtp.example.edu' } }],
    ['mail from two', { mail: { ...mail, from: 'a@example.edu, b@example.edu' } }],
    ['mail from a line', { mail: { ...mail, from: 'a@example.edu\nBcc: b@example.edu' } }],
    ['a mail server with a path', { mail: { ...mail, host: 'smtp.example.edu/x' } }],
    ['a mail user without a password', { mail: { ...mail, user: 'node' } }],
    ['a mail password without a user', { mail: { ...mail, passwordFile: 'x' } }],
    ['a mail password in the file itself', { mail: { ...mail, user: 'node', password: 'x' } }],
  ];
  for (const [what, content] of refused)
    it(`refuse ${what}`, () => expect(() => configured(content)).to.throw(ConfigError));
});
