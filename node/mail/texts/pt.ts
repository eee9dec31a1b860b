import type { LetterTexts } from './en.ts';

/** What the node's letters say, in Portuguese. */
export const pt: LetterTexts = {
  invitation: {
    subject: (site) => `Convite para ${site}`,
    text: (site, by, link, until) => `${by} convidou você para cuidar de ${site}.

Abra este endereço para começar. Vale uma vez, até ${until}:

${link}

Se você não sabe do que se trata, não faça nada.
`,
  },
  reset: {
    subject: (site) => `Uma nova senha para ${site}`,
    text: (site, link) => `Alguém, provavelmente você, pediu uma nova senha para a sua conta em ${site}.

Abra este endereço para defini-la. Vale uma vez, durante uma hora:

${link}

Se não foi você, não faça nada: a sua senha fica como está.
`,
  },
  changed: {
    subject: (site) => `A sua senha de ${site} foi alterada`,
    text: (
      site,
      forgotten,
    ) => `A senha da sua conta em ${site} acaba de ser alterada. As suas outras sessões foram encerradas e os seus tokens terminaram.

Se não foi você, defina outra imediatamente e avise a administração:

${forgotten}
`,
  },
};
