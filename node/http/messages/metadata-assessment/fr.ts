import { counting } from '../counting.ts';
import type { Messages } from '../en.ts';

const n = counting('fr');

export const metadataAssessment: Messages['metadataAssessment'] = {
  names: {
    rioxx: 'Métadonnées selon RIOXX',
    openaire: 'Métadonnées selon les directives OpenAIRE',
    'plan-s': 'Ce que le Plan S demande aux notices',
  },
  ledes: {
    rioxx:
      'RIOXX est un profil de métadonnées pour les travaux de recherche, par lequel les financeurs voient si leurs conditions sont remplies. Chaque notice de cet établissement y est confrontée.',
    openaire:
      'Les directives OpenAIRE pour les archives de publications disent quelles métadonnées OpenAIRE attend d’une archive. Chaque notice de cet établissement y est confrontée.',
    'plan-s':
      'Le Plan S demande aux archives ce que leurs notices doivent montrer. Chaque notice de cet établissement y est comparée.',
  },
  levels: { basic: 'Base', full: 'Complet' },
  choices: 'Versions et niveaux',
  described: 'Le profil lui-même',
  records: 'Notices confrontées',
  meeting: 'Notices conformes',
  share: 'Proportion',
  percent: (percent) => `${percent} %`,
  noRecords: 'Il n’y a pas encore de notices.',
  rules: 'Ce qui est demandé, et combien de notices l’ont',
  element: 'Élément',
  asked: 'Ce qui est demandé',
  requirement: 'Exigence',
  requirements: {
    mandatory: 'obligatoire',
    applicable: 'obligatoire le cas échéant',
    recommended: 'recommandé',
    optional: 'facultatif',
  },
  aside: 'pour information',
  of: (count, all) => `${count} sur ${all}`,
  inapplicable: 'ne concerne aucune notice',
  failing: (count) => n(count, 'notice non conforme', 'notices non conformes'),
  failingTitle: 'Notices non conformes',
  failingWhole: 'Notices non conformes à l’ensemble',
  noneFailing: 'Toutes les notices sont conformes.',
  table: 'Résultats de chaque notice, en tableau (CSV)',
  failingTable: 'Ces notices, en tableau (CSV)',
  resultOf: 'Les résultats de cette notice',
  whole: {
    passed: 'Cette notice remplit tout ce qui décide.',
    failed: 'Cette notice ne remplit pas tout ce qui décide.',
  },
};
