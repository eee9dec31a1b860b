import { counting } from '../counting.ts';
import type { use as english } from './en.ts';

const n = counting('fr');

/** La même chose en français. */
export const use: typeof english = {
  title: 'Usage',
  text: 'Combien de fois les notices ont été consultées et leurs fichiers téléchargés. Chaque établissement compte les siens selon le Code de bonnes pratiques COUNTER, version 5.1, et signe les sommes ; les robots et les clics répétés sont exclus, et rien n’est conservé au sujet des lecteurs.',
  views: 'Consultations',
  downloads: 'Téléchargements',
  viewVisits: 'Visites avec consultation',
  downloadVisits: 'Visites avec téléchargement',
  terms: 'Ce que les mots veulent dire',
  meanings: {
    totalInvestigations:
      'Chaque fois que quelqu’un a consulté un document : sa page ou l’un de ses fichiers.',
    uniqueInvestigations: 'La même chose, chaque document une seule fois par visite.',
    totalRequests:
      'Chaque fois que quelqu’un a ouvert ou téléchargé un fichier. Compté aussi parmi les consultations.',
    uniqueRequests: 'La même chose, chaque document une seule fois par visite.',
  },
  viewCount: (count) => n(count, 'consultation', 'consultations'),
  downloadCount: (count) => n(count, 'téléchargement', 'téléchargements'),
  none: 'Rien n’a encore été compté.',
  month: 'Mois',
  record: 'Notice',
  country: 'Pays',
  institution: 'Établissement',
  total: 'Tous les mois',
  otherCountries: 'Autres ou inconnus',
  otherLanguages: 'Inconnue',

  period: {
    title: 'Période',
    lastYear: 'Les 12 derniers mois',
    all: 'Tous les mois',
    from: 'Du mois',
    to: 'au mois',
    form: 'comme 2026-01',
    orBetween: 'ou bien',
    button: 'Afficher',
    between: (from, to) => `de ${from} à ${to}`,
  },

  charts: {
    nothing: 'Rien n’a été compté pendant cette période.',
    table: 'Les chiffres en tableau',
    csv: 'En CSV',
    open: 'peut encore changer',
    openMonth: (month) => `${month} (peut encore changer)`,
    range: (first, last) => `De ${first} à ${last}.`,
    sum: (name, sum, peak) => `${name} : ${sum} au total, ${peak}.`,
    only: (name, peak) => `${name} : ${peak}.`,
    peak: (value, where) => `au plus ${value} (${where})`,
    none: (name) => `${name} : rien.`,
    mark: (where, name, value) => `${where}, ${name} : ${value}`,
  },

  own: {
    title: (name) => `Usage des notices de ${name}`,
    byMonth: 'Consultations et téléchargements par mois',
    top: 'Notices les plus téléchargées',
    topViewed: 'Notices les plus consultées',
    byType: (what) => `${what} par type`,
    byLanguage: (what) => `${what} par langue de la notice`,
    byCountry: (what) => `${what} par pays du lecteur`,
    robotViews: 'Consultations de robots',
    robotDownloads: 'Téléchargements de robots',
    robots: (views, downloads) =>
      `Les robots et autres machines ne figurent dans aucun chiffre : ${views} et ${downloads} de leur part ont été exclus.`,
    open: 'Les derniers jours ne sont pas clos : ce qui est signalé tardivement est encore compté, et les mois auxquels ils appartiennent peuvent changer.',
  },

  network: {
    title: (names) => `Usage dans le réseau ${names}`,
    byMonth: (what) => `${what} par mois`,
    self: 'Cet établissement',
    others: 'Les autres établissements',
    byInstitution: (what) => `${what} par établissement`,
    byPlace: (what) => `${what} par pays de l’établissement`,
    someCountries: 'Tous les établissements n’indiquent pas les pays de leurs lecteurs.',
    compared: 'Cet établissement et les autres',
    comparedText: (what) =>
      `${what} en proportion : 100 est le mois moyen de chacun, afin que grands et petits puissent être comparés. Les mois qui peuvent encore changer n’entrent pas dans la moyenne.`,
    institutions: 'Établissements qui ont rendu compte du mois',
  },

  coverage: {
    title: 'De quoi ces sommes sont faites',
    signed: 'Ce que chaque institution a signé, en un fichier',
    text: (nodes, reports) =>
      `De ${n(nodes, 'établissement', 'établissements')}, ${n(reports, 'rapport mensuel', 'rapports mensuels')}.`,
    first: 'Premier mois',
    last: 'Dernier mois',
    months: 'Mois',
    missing: 'Mois manquants',
    open: 'Peuvent encore changer',
    nothing: 'aucun',
  },

  apart: 'À part',
  apartText:
    'Ce qu’un établissement annonce hors de toute proportion avec ses notices n’est pas compté tant que personne à ce nœud ne l’a examiné.',
  bothSums: ({ views, downloads, apartViews, apartDownloads }) =>
    `Compté ci-dessus : ${views} et ${downloads}. À part, dans aucune somme : ${apartViews} et ${apartDownloads}.`,
  why: 'Raison',
  months: 'Mois',
  outOfProportion: 'hors de proportion',
  refused: 'refusé par l’opérateur de ce nœud',
  perRecord: 'Utilisations par notice',
  perRecordUsual: (count, usual) => `${count} en un mois, là où ${usual} sont habituelles`,
  perRecordAlone: (count) => `${count} en un mois`,

  item: {
    byMonth: 'Par mois',
    allCopies: 'Tous les exemplaires',
    copies: 'Tous les exemplaires de cette œuvre',
    copiesText: (nodes) =>
      `Ce que ${n(nodes, 'établissement annonce', 'établissements annoncent')} de leurs exemplaires de cette œuvre, pour les 12 derniers mois.`,
    data: 'Ces chiffres sous forme de données',
  },
};
