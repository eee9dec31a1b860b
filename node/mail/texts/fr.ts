import type { LetterTexts } from './en.ts';

/** What the node's letters say, in French. */
export const fr: LetterTexts = {
  invitation: {
    subject: (site) => `Invitation à ${site}`,
    text: (site, by, link, until) => `${by} vous invite à vous occuper de ${site}.

Ouvrez cette adresse pour commencer. Elle est valable une fois, jusqu’au ${until} :

${link}

Si vous ne savez pas de quoi il s’agit, ne faites rien.
`,
  },
  reset: {
    subject: (site) => `Un nouveau mot de passe pour ${site}`,
    text: (
      site,
      link,
    ) => `Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour votre compte sur ${site}.

Ouvrez cette adresse pour le choisir. Elle est valable une fois, pendant une heure :

${link}

Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même.
`,
  },
  changed: {
    subject: (site) => `Votre mot de passe pour ${site} a été changé`,
    text: (
      site,
      forgotten,
    ) => `Le mot de passe de votre compte sur ${site} vient d’être changé. Vos autres sessions ont été fermées et vos jetons sont échus.

Si ce n’était pas vous, choisissez-en un autre aussitôt et prévenez l’administration :

${forgotten}
`,
  },
};
