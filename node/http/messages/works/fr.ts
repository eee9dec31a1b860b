import type { Messages } from '../en.ts';
import { evidence } from './evidence/fr.ts';

export const works: Messages['works'] = {
  kinds: {
    single: 'Une seule notice décrit cette œuvre.',
    copies: 'Ces notices décrivent des exemplaires de la même version.',
    versions: 'Ces notices décrivent des versions de la même œuvre.',
    editions: 'Ces notices décrivent des éditions de la même œuvre publiées séparément.',
  },
  stages: {
    published: 'Version publiée',
    proof: 'Épreuve',
    accepted: 'Manuscrit accepté',
    unknown: 'Version non indiquée',
    submitted: 'Manuscrit soumis',
    draft: 'Brouillon',
  },
  best: {
    title: 'Meilleur exemplaire ouvert',
    none: 'On ne connaît aucun exemplaire que chacun puisse lire.',
    read: 'Lire',
    record: 'Vers la notice',
    noLicence: 'licence non indiquée',
    reachable: 'le fichier a été obtenu',
    untried: 'le fichier n’a pas été vérifié',
  },
  identifier: 'Identifiant de l’œuvre :',
  evidence,
  statements: {
    title: 'Ce que cet établissement dit des doublons',
    text: 'Là où les œuvres calculées sont fausses, la personne qui gère ce nœud le dit. Ce sont des déclarations de ce nœud seulement.',
    none: 'Rien n’a été dit.',
    same: 'Ces notices sont de la même œuvre :',
    different: 'Ces notices ne sont pas de la même œuvre :',
    by: (day) => `Dit par la gestion de l’archive le ${day}`,
    all: 'Ce que cet établissement en dit',
    next: 'Suite',
  },
};
