import type { Messages } from '../en.ts';

export const feedback: Messages['feedback'] = {
  notRelevant: 'Pas pertinent',
  notRelevantItem: (title) => `Pas pertinent : ${title}`,
  noted: (title) => `Merci. Il est noté que « ${title} » n’est pas pertinent.`,
  notedText: 'Il n’est plus montré à personne lorsque plusieurs lecteurs sont d’accord.',
  notSent: 'L’envoi a échoué. Veuillez réessayer plus tard.',
  back: 'Retour à la notice',
  from: (node) => `Suggéré par ${node}`,
  why: (reasons) => `Pourquoi : ${reasons}`,
};
