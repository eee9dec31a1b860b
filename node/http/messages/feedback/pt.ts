import type { Messages } from '../en.ts';

export const feedback: Messages['feedback'] = {
  notRelevant: 'Não é pertinente',
  notRelevantItem: (title) => `Não é pertinente: ${title}`,
  noted: (title) => `Obrigado. Foi anotado que “${title}” não é pertinente.`,
  notedText: 'Deixa de ser mostrado a todos quando vários leitores concordam.',
  notSent: 'Não foi possível enviar. Tente mais tarde.',
  back: 'Voltar ao registro',
  from: (node) => `Sugerido por ${node}`,
  why: (reasons) => `Por quê: ${reasons}`,
};
