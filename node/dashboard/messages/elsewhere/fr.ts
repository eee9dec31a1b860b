import type { elsewhere as en } from './en.ts';

export const elsewhere: typeof en = {
  title: 'Dans les autres institutions',
  text: 'Ce que les nœuds connectés en ce moment montrent de cette notice à tout lecteur. Ce qui est retiré ici disparaît là-bas en quelques secondes ; un nœud injoignable l’apprend à son retour.',
  institution: 'Institution',
  shows: 'Montre',
  as: {
    gone: 'qu’elle a disparu',
    shown: 'la notice',
    unknown: 'rien : ne l’a jamais eue',
    silent: 'pas de réponse',
  },
  none: 'Aucune autre institution n’est connectée.',
  at: (time) => `Demandé ${time}.`,
  again: 'Demander à nouveau',
  content: 'Contenu',
};
