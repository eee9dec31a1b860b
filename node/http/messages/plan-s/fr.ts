import { counting } from '../counting.ts';
import type { planS as english } from './en.ts';

const n = counting('fr');

/** Ce que dit l’évaluation selon le Plan S, en français. */
export const planS: typeof english = {
  name: 'Exigences du Plan S pour les archives',
  lede: 'Ce que les financeurs de la cOAlition S demandent à une archive où des articles sont déposés. Ce que ce nœud peut voir, il l’a regardé ; le reste est ce que dit l’établissement.',
  described: 'Partie III du Plan S : recommandations techniques et exigences',
  weights: { mandatory: 'Obligatoires', recommended: 'Fortement recommandées' },
  outcomes: {
    met: 'remplie',
    declared: 'remplie, selon l’établissement',
    unknown: 'inconnue',
    'not-met': 'non remplie',
  },
  advice: 'Que faire',
  percent: (percent) => `${percent} %`,
  threshold: {
    planS: (percent) => `Le Plan S demande ${percent}.`,
    node: (percent) => `Le Plan S ne donne aucune part ; ce nœud prend ${percent}.`,
  },
  recordsLink: 'Ce que montrent les notices, et lesquelles échouent',
  table: 'En tableau (CSV)',
  evidence: {
    records: (passed, of) => `${passed} sur ${of} notices concernées`,
    formats: (name, standards) => `${name} propose ${standards}`,
    noStandard: 'aucun format qui soit une norme',
    prefixes: 'Formats :',
    statement: (name) => `${name} dit de ses métadonnées :`,
    uptime: (name, percent, known) =>
      `${name} a répondu pendant ${percent} du temps connu ; de l’année, ${known} sont connus`,
    answers: (name) => `${name} répond sans connexion`,
    silent: (name) => `${name} n’a pas répondu`,
    address: 'Vu à',
    failing: (count) => n(count, 'notice échoue', 'notices échouent'),
  },
  declared: {
    title: 'Ce que dit l’établissement',
    by: (by, date) => `${by}, ${date}`,
    evidence: 'Preuve',
    stale: 'Cela a été dit il y a plus d’un an et devrait être revu.',
    denied: 'L’établissement dit ne pas la remplir.',
  },
  availability: {
    title: 'Disponibilité',
    text: 'Le nœud interroge chaque adresse toutes les cinq minutes, deux fois avant de la compter hors service. Le temps où le nœud lui-même ne tournait pas est inconnu et ne compte pas.',
    none: 'Aucune adresse de l’établissement n’est interrogée.',
    suspected: (time) =>
      `Depuis ${time}, personne n’est joignable d’ici. La ligne de ce nœud semble coupée, et rien n’est compté.`,
    withoutLine: (minutes) =>
      n(minutes, 'minute ne compte pas', 'minutes ne comptent pas') +
      ', car la ligne de ce nœud semblait coupée.',
    share: 'Disponible',
    known: 'De l’année, connu',
    last: 'La dernière fois',
    isUp: 'a répondu',
    isDown: 'n’a pas répondu',
    chart: (name) => `Minutes sans réponse, par mois : ${name}`,
    down: 'Minutes hors service',
    month: 'Mois',
    knownShare: 'Connu (%)',
    upShare: 'Disponible (%)',
    outages: 'Les plus longues interruptions',
    noOutages: 'Aucune interruption n’est connue.',
    begin: 'Début',
    end: 'Fin',
    minutes: 'Minutes',
    ongoing: 'pas terminée la dernière fois',
    maintenance: 'Maintenance annoncée, qui ne compte pas',
  },
  requirements: {
    registration: {
      name: 'Inscription dans OpenDOAR',
      asks: 'L’archive est inscrite dans OpenDOAR, ou en voie de l’être.',
    },
    identifiers: {
      name: 'Identifiants pérennes',
      asks: 'Les versions déposées ont des identifiants pérennes comme DOI, URN ou Handle, avec des versions quand elles sont révisées.',
    },
    metadata: {
      name: 'Métadonnées de haute qualité',
      asks: 'Les métadonnées des articles sont bonnes, dans un format ouvert et normalisé et sous CC0. Elles nomment la publication d’origine, la version, l’accès, la licence et le financement.',
    },
    embedding: {
      name: 'Accès et licence dans l’article',
      asks: 'L’article lui-même dit, aux machines aussi, s’il est ouvert et sous quelle licence.',
    },
    availability: {
      name: 'Disponibilité continue',
      asks: 'L’archive est disponible au moins 99,7 % du temps, maintenance programmée mise à part.',
    },
    helpdesk: {
      name: 'Assistance',
      asks: 'Il y a une assistance, au moins par courriel, qui répond en un jour ouvré.',
    },
    submission: {
      name: 'Dépôt',
      asks: 'Les auteurs déposent des manuscrits un par un et les éditeurs par lots.',
    },
    'full-text': {
      name: 'Texte intégral pour les machines',
      asks: 'Les textes sont gardés dans une norme de la communauté lisible par machine, comme JATS XML.',
    },
    entities: {
      name: 'Identifiants de personnes et d’organismes',
      asks: 'Auteurs, financeurs, projets et établissements ont des identifiants pérennes.',
    },
    citations: {
      name: 'Citations ouvertes',
      asks: 'Les données de citation sont ouvertes à tous, comme le demande l’I4OC.',
    },
    api: {
      name: 'Interface ouverte',
      asks: 'Tous, machines comprises, accèdent au contenu par une interface ouverte.',
    },
    openaire: { name: 'OpenAIRE', asks: 'Les métadonnées suivent les directives d’OpenAIRE.' },
    quality: {
      name: 'Contrôle de qualité',
      asks: 'Les dépôts sont reliés à des descriptions de référence, comme celles de PubMed ou de Crossref.',
    },
  },
  criteria: {
    opendoar: {
      title: 'Chaque archive de l’établissement a une entrée dans OpenDOAR.',
      advice:
        'Inscrivez-la sur opendoar.ac.uk et notez le numéro de l’entrée sur la page de l’établissement du tableau de bord. Tant que c’est en cours, dites-le.',
    },
    'persistent-identifiers': {
      title: 'Les versions déposées ont leurs propres identifiants pérennes.',
      advice: 'Enregistrez des DOI ou des Handles pour les dépôts et exportez-les avec la notice.',
    },
    versioning: {
      title: 'Les dépôts révisés reçoivent des versions que l’on distingue.',
      advice: 'Dites comment l’archive garde les versions, avec l’adresse du guide.',
    },
    description: {
      title: 'Les notices décrivent bien l’œuvre : auteurs, résumé, sujet, langue, type, date.',
      advice: 'Rendez ces champs obligatoires au dépôt ; complétez les notices qui échouent.',
    },
    'metadata-formats': {
      title: 'L’archive propose ses métadonnées dans des normes ouvertes.',
      advice: 'Activez des formats comme RIOXX, OpenAIRE ou DataCite dans l’interface OAI-PMH de l’archive.',
    },
    'metadata-cc0': {
      title: 'Les métadonnées sont sous CC0.',
      advice:
        'Dites-le là où les machines le lisent : dans un rightsManifest ou metadataPolicy de la réponse à Identify ; ou déclarez-le ici, avec l’adresse de la politique.',
    },
    'publication-identifiers': {
      title: 'Les notices nomment le DOI de la publication d’origine.',
      advice: 'Notez le DOI au dépôt ; cherchez dans Crossref ceux qui manquent.',
    },
    versions: {
      title: 'Les notices d’articles disent quelle version a été déposée.',
      advice: 'Faites choisir au dépôt : manuscrit accepté ou version publiée.',
    },
    'licence-and-access': {
      title: 'Les notices disent qui a accès et sous quelle licence, sous une forme lisible par machine.',
      advice: 'Faites choisir accès et licence au dépôt, et exportez-les comme adresses.',
    },
    funding: {
      title: 'Le financement est donné avec le nom du financeur et le numéro du projet.',
      advice: 'Demandez ensemble financeur et projet ; importez des projets d’OpenAIRE ou de Crossref.',
    },
    'embedded-licence': {
      title: 'Les fichiers disent en eux-mêmes leur licence et leur accès.',
      advice:
        'Faites-les écrire par l’archive dans le XMP du PDF, sur une page de garde avec l’adresse de la licence ou dans le JATS ; puis dites-le.',
    },
    uptime: {
      title: 'L’archive a répondu au moins 99,7 % de l’année écoulée.',
      advice:
        'Voyez les interruptions plus bas. Annoncez la maintenance à l’avance et notez-la : elle ne compte pas.',
    },
    'helpdesk-address': {
      title: 'Il y a une adresse pour de l’aide.',
      advice:
        'Notez une adresse de courriel ou un formulaire sur la page de l’établissement du tableau de bord.',
    },
    'helpdesk-response': {
      title: 'Qui demande reçoit une réponse en un jour ouvré.',
      advice: 'Dites qui répond et comment c’est assuré ; une première réponse automatique suffit.',
    },
    'submission-system': {
      title: 'Les auteurs déposent des manuscrits un par un et les éditeurs par lots.',
      advice: 'Dites quelles voies existent, comme SWORD, avec l’adresse du guide.',
    },
    'full-text-format': {
      title: 'Les textes intégraux existent en JATS ou en un autre XML de la communauté.',
      advice: 'Gardez à côté du PDF le XML que donnent les éditeurs.',
    },
    'author-identifiers': {
      title: 'Les auteurs ont des identifiants ORCID.',
      advice: 'Reliez le dépôt à ORCID et exportez les identifiants.',
    },
    'funder-identifiers': {
      title: 'Les financeurs ont des identifiants de ROR ou du registre de Crossref.',
      advice: 'Choisissez les financeurs dans une liste avec identifiants, et exportez-les.',
    },
    'institution-identifiers': {
      title: 'Les établissements des auteurs ont des identifiants ROR.',
      advice: 'Exportez les ROR avec les affiliations.',
    },
    'open-citations': {
      title: 'Les références des articles sont ouvertes ; ce nœud les montre et les exporte pour tous.',
      advice: 'Laissez le nœud lire les textes, ou exportez les références avec les métadonnées.',
    },
    'open-api': {
      title: 'Une interface de l’archive répond sans connexion.',
      advice: 'Ouvrez à tous l’interface OAI-PMH.',
    },
    'openaire-metadata': {
      title: 'Les notices ont les champs obligatoires des directives OpenAIRE v4.',
      advice: 'L’évaluation selon OpenAIRE dit quels champs manquent.',
    },
    'authoritative-links': {
      title: 'Les travaux publiés mènent à leur description chez Crossref, DataCite ou PubMed.',
      advice: 'Notez le DOI ou le numéro PubMed au dépôt.',
    },
    'quality-assurance': {
      title: 'Un processus compare les dépôts à des métadonnées de référence.',
      advice: 'Dites comment les dépôts sont vérifiés, par qui et avec quelle source.',
    },
  },
};
