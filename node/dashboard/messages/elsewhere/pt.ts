import type { elsewhere as en } from './en.ts';

export const elsewhere: typeof en = {
  title: 'Noutras instituições',
  text: 'O que os nós ligados agora mostram deste registo a qualquer leitor. O que se retira aqui desaparece lá em segundos; um nó a que não se chega fica a saber quando voltar.',
  institution: 'Instituição',
  shows: 'Mostra',
  as: {
    gone: 'que já não está',
    shown: 'o registo',
    unknown: 'nada: nunca o teve',
    silent: 'sem resposta',
  },
  none: 'Nenhuma outra instituição está ligada.',
  at: (time) => `Perguntado ${time}.`,
  again: 'Perguntar de novo',
  content: 'Conteúdo',
};
