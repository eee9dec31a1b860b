/** What is said of logging in elsewhere, of new passwords and of letters, in English. */
export const logins = {
  with: (title: string) => `Log in with ${title}`,
  begin: (title: string) => `Begin with ${title}`,
  beginText: 'Choose how you will log in from now on.',
  onward: {
    title: (title: string) => `On to ${title}`,
    text: 'You log in there, and come back here. If your browser does not lead you on by itself, follow the link.',
    logoutText:
      'You are logged out here. Log out there as well, so that nobody comes in after you. If your browser does not lead you on by itself, follow the link.',
    link: (title: string) => `Go to ${title}`,
  },
  forgotten: {
    title: 'Forgotten your password?',
    text: 'Give the address that you log in with. You get a link by which you set a new password.',
    noMail: 'This node sends no mail. Ask an administrator to take your account out and to invite you again.',
    button: 'Send the link',
    asked:
      'If there is an account with that address, a letter is on its way. Its link is good for an hour, and once. If nothing comes, look among the unwanted mail, or ask an administrator.',
    newTitle: 'A new password',
    set: 'Set the password',
    done: 'The password was set. You are logged out everywhere; log in with the new one.',
  },
  account: {
    title: 'Other logins',
    text: 'Where else you can log in, and come in here by that.',
    none: 'You have none.',
    which: 'Log in with',
    add: 'Add this login',
    remove: 'Take away',
    removeOf: (name: string) => `Take away the login ${name}`,
    passwordAgain: 'Your password, once more',
    setPassword: 'Set a password',
    prove: 'Show that it is you',
    proveText:
      'You have no password here. Log in once more before you make a token, add a login or set a password.',
    proveFirst: 'Show first that it is you, above.',
    again: (title: string) => `Log in again with ${title}`,
    proved:
      'You have just shown that it is you. For ten minutes you can make tokens, add logins and set a password.',
  },
  letters: {
    inviteText: 'The person gets a letter with a link. It is good for a week, and once.',
    inviteButton: 'Send the invitation',
    mailed: (mail: string) => `The invitation was mailed to ${mail}.`,
    failed: 'The letter could not be sent; send this link to the person yourself. It is shown this once.',
  },
  problems: {
    ACCOUNT_NO_PASSWORDS: 'Nobody logs in by a password here. Choose one of the logins that are offered.',
    ACCOUNT_PROOF_NEEDED: 'Show first that it is you: log in again, as “My account” offers it.',
    ACCOUNT_RESET_GONE: 'The link has been used, or is too old. Ask for a new one on the page of the login.',
    ACCOUNT_NOT_INVITED:
      'You have not been invited here. Ask an administrator for an invitation, open its link, and choose this login there.',
    ACCOUNT_NOT_LINKED:
      'There is an account with your address, but it does not have this login. Log in as you did so far, and add it under “My account”.',
    ACCOUNT_LINKED_ALREADY:
      'That login belongs to an account already. Log in by it, or take it away there first.',
    ACCOUNT_OTHER_LOGIN: 'That is not who is logged in here. Log in there as yourself, in the same browser.',
    ACCOUNT_LAST_WAY_IN: 'You could not log in any more. Set a password, or add another login, before.',
    ACCOUNT_PROVIDER_UNKNOWN: 'There is no such login here.',
    ACCOUNT_PROVIDER_DOWN:
      'The other system does not answer as it should. Try again later, or log in by another way.',
    ACCOUNT_LOGIN_GONE:
      'The login was begun more than ten minutes ago or in another browser, or has been used already. Log in again.',
    ACCOUNT_LOGIN_CANCELLED: 'The login was broken off there. Try again, and allow it.',
    ACCOUNT_LOGIN_INVALID:
      'What came back is not what was asked for. Log in again; if it stays, tell who runs the node.',
  } as Readonly<Record<string, string>>,
  actions: {
    'account.elsewhere': 'went to another system to log in',
    'account.link': 'added a login',
    'account.unlink': 'took a login away',
    'account.prove': 'logged in again',
    'account.forgotten': 'was sent a link for a new password',
    'account.reset': 'set a new password by a link',
  } as Readonly<Record<string, string>>,
};
