/** What the node's letters say, in English. */
export const en = {
  invitation: {
    subject: (site: string) => `Invitation to ${site}`,
    text: (
      site: string,
      by: string,
      link: string,
      until: string,
    ) => `${by} has invited you to look after ${site}.

Open this address to begin. It is good once, until ${until}:

${link}

If you do not know what this is about, do nothing.
`,
  },
  reset: {
    subject: (site: string) => `A new password for ${site}`,
    text: (
      site: string,
      link: string,
    ) => `Somebody, probably you, has asked for a new password for your account at ${site}.

Open this address to set one. It is good once, for an hour:

${link}

If it was not you, do nothing: your password stays as it is.
`,
  },
  changed: {
    subject: (site: string) => `Your password for ${site} was changed`,
    text: (
      site: string,
      forgotten: string,
    ) => `The password of your account at ${site} was changed just now. You were logged out everywhere else, and your tokens ended.

If it was not you, set another one at once and tell an administrator:

${forgotten}
`,
  },
};

export type LetterTexts = typeof en;
