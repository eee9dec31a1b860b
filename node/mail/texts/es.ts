import type { LetterTexts } from './en.ts';

/** What the node's letters say, in Spanish. */
export const es: LetterTexts = {
  invitation: {
    subject: (site) => `Invitación a ${site}`,
    text: (site, by, link, until) => `${by} le invita a cuidar ${site}.

Abra esta dirección para empezar. Vale una vez, hasta el ${until}:

${link}

Si no sabe de qué se trata, no haga nada.
`,
  },
  reset: {
    subject: (site) => `Una contraseña nueva para ${site}`,
    text: (
      site,
      link,
    ) => `Alguien, probablemente usted, ha pedido una contraseña nueva para su cuenta en ${site}.

Abra esta dirección para fijarla. Vale una vez, durante una hora:

${link}

Si no fue usted, no haga nada: su contraseña queda como está.
`,
  },
  changed: {
    subject: (site) => `Se cambió su contraseña de ${site}`,
    text: (
      site,
      forgotten,
    ) => `La contraseña de su cuenta en ${site} se acaba de cambiar. Se cerraron sus demás sesiones y terminaron sus claves para programas.

Si no fue usted, fije otra enseguida y avise a la administración:

${forgotten}
`,
  },
};
