import type { Messages } from '../en.ts';

export const feedback: Messages['feedback'] = {
  notRelevant: 'No es pertinente',
  notRelevantItem: (title) => `No es pertinente: ${title}`,
  noted: (title) => `Gracias. Se anotó que «${title}» no es pertinente.`,
  notedText: 'Deja de mostrarse a todos cuando varios lectores coinciden.',
  notSent: 'No se pudo enviar. Inténtelo más tarde.',
  back: 'Volver al registro',
  from: (node) => `Sugerido por ${node}`,
  why: (reasons) => `Por qué: ${reasons}`,
};
