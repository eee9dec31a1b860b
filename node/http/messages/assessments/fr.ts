import type { Messages } from '../en.ts';

export const assessments: Messages['assessments'] = {
  title: 'Évaluations',
  lede: 'Ce que ce nœud fait de ce qu’on attend d’une archive ouverte. Il interroge ses propres adresses, comme le ferait un client extérieur.',
  ngrBehaviours: 'Comportements d’un dépôt de nouvelle génération',
  ngrBehavioursText:
    'En 2017, la Confédération des dépôts en accès ouvert (COAR) a décrit onze comportements par lesquels un dépôt fait partie du web. Voici comment le nœud répond à chacun, et ce qu’il a trouvé en s’interrogeant lui-même.',
  startedAt: (time) => `Vérifié le ${time}.`,
  again:
    'Il vérifie de nouveau lorsqu’on le demande après dix minutes. Ce que fait un proxy devant le nœud n’est pas vu.',
  running: 'Le nœud vérifie encore. Rechargez cette page dans un instant.',
  summary: 'Résultats',
  extent: 'Sur ce nœud',
  technologies: 'Techniques',
  shownAt: 'Voyez vous-même',
  checked: 'Ce qui a été vérifié',
  advice: 'Que faire',
  outcomes: {
    passed: 'réussie',
    failed: 'échouée',
    inapplicable: 'sans objet',
    untested: 'pas encore vérifiée',
  },
  extents: { whole: 'oui', partly: 'en partie', not: 'pas sur ce nœud' },
  obstacles: {
    'no-records': 'Il n’y a pas encore de notices.',
    'no-identifiers': 'Aucune des dernières notices n’a de DOI ni de handle.',
    'no-licences': 'Aucune des dernières notices n’indique de licence.',
    'no-tombstones': 'Aucune des dernières notices n’a été retirée ou supprimée.',
    'no-channel': 'L’exploitant de ce nœud a désactivé le diffuseur (hub).',
  },
  seen: {
    status: 'répond avec le statut HTTP',
    link: 'renvoie comme',
    'no-link': 'n’a aucun lien du type',
    has: 'indique',
    lacks: 'n’indique pas',
    elsewhere: 'n’est pas une adresse de ce nœud, ou ne convient pas à une vérification',
    slow: 'n’a pas répondu à temps ; secondes d’attente :',
  },
  share: (count, of) => `${count} sur ${of} consultées l’ont :`,
  unreadable: 'n’a pas pu être lu :',

  behaviours: {
    'exposing-identifiers': {
      name: 'Exposer les identifiants',
      asks: 'Les programmes trouvent l’identifiant pérenne d’une ressource à partir des adresses de ses pages et de ses fichiers.',
      does: 'Chaque notice a une adresse propre et durable, et se trouve aussi par son identifiant OAI. Sa page et ses données renvoient au DOI ou au handle sous lequel il faut la citer.',
    },
    'declaring-licences': {
      name: 'Déclarer les licences de chaque ressource',
      asks: 'Les programmes peuvent savoir, pour chaque ressource, ce qu’il leur est permis d’en faire.',
      does: 'La licence est ramenée à son adresse, figure dans tous les formats de la notice, et un lien y mène depuis sa page et ses fichiers. Le nœud n’en invente aucune : sans licence donnée par le dépôt, il n’y en a pas.',
    },
    'discovery-through-navigation': {
      name: 'Découverte par navigation',
      asks: 'Les programmes trouvent métadonnées, fichiers et identifiants en suivant des liens, quel que soit le logiciel du dépôt.',
      does: 'Chaque notice a des liens typés dans ses en-têtes, dans sa page et sous forme d’ensemble de liens. Un plan du site recense toutes les notices, et les pages sont du HTML simple qu’un robot peut suivre.',
    },
    'interacting-with-resources': {
      name: 'Interagir avec les ressources',
      asks: 'Les ressources peuvent être annotées, commentées et évaluées, où que soit l’outil de qui lit ou évalue.',
      does: 'Chaque notice indique une boîte de réception. Les évaluations, recommandations et relations qui y sont annoncées sont montrées avec la notice une fois acceptées par le gestionnaire. Les annotations de passages d’un texte ne sont pas acceptées.',
    },
    'resource-transfer': {
      name: 'Transfert de ressources',
      asks: 'Les ressources peuvent passer d’un système à un autre, avec leurs métadonnées et en bon ordre.',
      does: 'D’autres systèmes prennent les notices une à une ou par paquets, avec des sommes de contrôle, et apprennent où sont les fichiers. Les dépôts de documents ne sont pas acceptés : ils reviennent au dépôt à côté duquel le nœud fonctionne.',
    },
    'batch-discovery': {
      name: 'Découverte par lots',
      asks: 'Tout ce que contient un dépôt, et ce qui a changé depuis, peut être découvert par lots.',
      does: 'Tout peut être moissonné par OAI-PMH, sous forme de listes de ressources et de changements, et d’exports complets.',
    },
    'collecting-and-exposing-activities': {
      name: 'Recueillir et exposer les activités',
      asks: 'Ce qui arrive à une ressource, ici et ailleurs, est recueilli et peut être suivi par d’autres.',
      does: 'La boîte de réception prend les notifications et les montre. Les changements sont recensés jour par jour, annoncés à ceux qui s’y sont abonnés et transmis aux autres nœuds du réseau. Le nœud ne cherche pas de mentions ailleurs sur le web.',
    },
    'identification-of-users': {
      name: 'Identification des utilisateurs',
      asks: 'Les personnes sont connues par des identifiants valables d’un système à l’autre.',
      does: 'Les auteurs sont liés par l’ORCID que leur donne le dépôt. Les lecteurs n’ont pas de compte ici et n’en ont pas besoin.',
    },
    'authentication-of-users': {
      name: 'Authentification des utilisateurs',
      asks: 'Les personnes peuvent prouver qui elles sont par une identité qu’elles ont déjà.',
      does: 'Les lecteurs n’ont pas à se connecter, et aucune connexion par ORCID ou OpenID Connect n’est proposée. Le gestionnaire est reconnu par un jeton, les autres nœuds par leurs signatures.',
    },
    'exposing-usage-metrics': {
      name: 'Exposer des mesures d’usage normalisées',
      asks: 'L’usage des ressources est compté d’une seule manière et peut être comparé entre dépôts.',
      does: 'Consultations et téléchargements sont comptés sans les robots ni les doubles clics, et additionnés dans tout le réseau par mois et par établissement. Les rapports par l’API de COUNTER ne sont pas fournis ici.',
    },
    'preserving-resources': {
      name: 'Préserver les ressources',
      asks: 'Les ressources peuvent être conservées à long terme, aussi par d’autres que qui les a publiées.',
      does: 'Les notices ont des sommes de contrôle, peuvent être emportées en exports complets, et sont copiées en entier, signées, par les nœuds qui suivent celui-ci ; ce qui est retiré laisse une trace. Les fichiers restent au dépôt : le nœud n’en garde pas de copie de préservation.',
    },
  },

  checks: {
    resolvesIdentifiers: {
      title: 'Une notice répond à son adresse et se trouve par son identifiant OAI.',
      advice: 'Voyez si l’URL de base de la configuration est celle à laquelle on atteint le nœud.',
    },
    namesCitation: {
      title: 'La page d’une notice renvoie à l’identifiant sous lequel on la cite.',
      advice:
        'Voyez les identifiants de la notice avec « ngr check » ; s’ils sont justes, signalez un défaut du logiciel.',
    },
    namesLicences: {
      title: 'Au moins la moitié des dernières notices indique une licence.',
      advice:
        'Faites donner par le dépôt les licences sous forme d’adresses, telles que https://creativecommons.org/licenses/by/4.0/, dans dc:rights ou license_ref.',
    },
    linksLicence: {
      title: 'La page d’une notice renvoie à sa licence.',
      advice:
        'Voyez la licence de la notice avec « ngr check » ; si elle est juste, signalez un défaut du logiciel.',
    },
    followsSignposts: {
      title: 'Depuis la page d’une notice, des liens mènent à ses données et en reviennent.',
      advice: 'Voyez si un proxy ou l’URL de base change les adresses dans les liens.',
    },
    followsSitemap: {
      title: 'Depuis robots.txt, le plan du site mène à une notice.',
      advice:
        'Voyez /robots.txt et la liste des ressources ; « ngr status » dit si un lecteur est en retard.',
    },
    followsPages: {
      title: 'Depuis l’accueil, des liens mènent à la liste et de là à une notice.',
      advice: 'Voyez si l’URL de base de la configuration est celle à laquelle on atteint le nœud.',
    },
    invitesReviews: {
      title: 'Une notice mène à sa boîte de réception, qui dit ce qu’elle accepte.',
      advice: 'Voyez /inbox/constraints et, avec « ngr notifications », si la boîte de réception est pleine.',
    },
    transfersResource: {
      title: 'Les listes de ResourceSync mènent à une ressource avec la bonne somme de contrôle.',
      advice:
        '« ngr status » dit si un lecteur est en retard ; la liste est alors d’un état antérieur. Sinon, faites contrôler les données avec une sauvegarde.',
    },
    listsRecords: {
      title: 'Un moissonneur lit par OAI-PMH une page de notices sans défaut.',
      advice: 'Voyez /oai?verb=ListRecords&metadataPrefix=oai_dc et la notice à laquelle elle s’interrompt.',
    },
    givesDump: {
      title: 'Un paquet de l’export complet peut être obtenu, aussi par morceaux.',
      advice: 'Voyez s’il reste de la place sur le disque, et voyez /resourcesync/resourcedump.xml.',
    },
    showsNotifications: {
      title: 'Le nœud mène à sa boîte de réception, et ce qui est arrivé peut être lu.',
      advice: 'Voyez /inbox et, avec « ngr notifications », ce qui est arrivé.',
    },
    showsChanges: {
      title: 'La liste des changements peut être lue.',
      advice: 'Voyez /resourcesync/changelist.xml ; « ngr status » dit si un lecteur est en retard.',
    },
    offersHub: {
      title: 'Qui veut recevoir les changements trouve le diffuseur (hub) à qui les demander.',
      advice:
        'Voyez /resourcesync/capabilitylist.xml et /websub, ainsi que « websub » dans la configuration.',
    },
    namesAuthors: {
      title: 'Les notices identifient des auteurs par ORCID, et une page y renvoie.',
      advice:
        'Faites donner par le dépôt les ORCID des auteurs dans ses métadonnées, de préférence en RIOXX, OpenAIRE ou DataCite.',
    },
    demandsToken: {
      title: 'Ce qui est au gestionnaire est refusé à qui n’a pas de jeton.',
      advice: 'Retirez aussitôt le nœud du réseau et voyez ce qui se trouve entre lui et ses lecteurs.',
    },
    showsTotals: {
      title: 'Les totaux peuvent être lus et sont la somme de leurs mois et établissements.',
      advice: 'Voyez /usage ; signalez un défaut du logiciel.',
    },
    takesUsage: {
      title: 'Le compteur pour les pages du dépôt lui-même est disponible.',
      advice: 'Voyez si quelque chose devant le nœud refuse /tracker.',
    },
    givesChecksums: {
      title: 'Toutes les ressources recensées ont une somme de contrôle.',
      advice: 'Voyez la liste des ressources ; signalez un défaut du logiciel.',
    },
    keepsTombstones: {
      title: 'Ce qui est retiré ou supprimé est donné pour disparu, avec une trace.',
      advice:
        'Retirez de nouveau la notice avec « ngr withdraw » ; si cela persiste, signalez un défaut du logiciel.',
    },
  },
};
