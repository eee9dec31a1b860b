import type { Messages } from '../en.ts';

export const assessments: Messages['assessments'] = {
  title: 'Evaluaciones',
  lede: 'Qué hace este nodo de lo que se espera de un repositorio abierto. Consulta sus propias direcciones como lo haría un cliente externo.',
  ngrBehaviours: 'Comportamientos de un repositorio de nueva generación',
  ngrBehavioursText:
    'En 2017, la Confederación de Repositorios de Acceso Abierto (COAR) describió once comportamientos que hacen de un repositorio una parte de la web. Así responde el nodo a cada uno, y esto es lo que encontró al consultarse a sí mismo.',
  startedAt: (time) => `Consultado el ${time}.`,
  again:
    'Vuelve a consultar cuando alguien lo pide pasados diez minutos. No se ve lo que hace un proxy situado delante del nodo.',
  running: 'El nodo todavía está consultando. Vuelva a cargar esta página dentro de un momento.',
  summary: 'Resultados',
  extent: 'En este nodo',
  technologies: 'Tecnologías',
  shownAt: 'Véalo usted mismo',
  checked: 'Qué se comprobó',
  advice: 'Qué hacer',
  outcomes: {
    passed: 'superada',
    failed: 'no superada',
    inapplicable: 'no aplicable',
    untested: 'aún sin comprobar',
  },
  extents: { whole: 'sí', partly: 'en parte', not: 'no en este nodo' },
  obstacles: {
    'no-records': 'Todavía no hay registros.',
    'no-identifiers': 'Ninguno de los últimos registros tiene DOI ni handle.',
    'no-licences': 'Ninguno de los últimos registros indica una licencia.',
    'no-tombstones': 'Ninguno de los últimos registros fue retirado o eliminado.',
    'no-channel': 'Quien opera este nodo ha desactivado el distribuidor (hub).',
  },
  seen: {
    status: 'responde con el estado HTTP',
    link: 'enlaza como',
    'no-link': 'no tiene ningún enlace del tipo',
    has: 'indica',
    lacks: 'no indica',
    elsewhere: 'no es una dirección de este nodo, o no lo es para una comprobación',
    slow: 'no respondió a tiempo; segundos de espera:',
  },
  share: (count, of) => `${count} de ${of} consultados lo tienen:`,
  unreadable: 'no se pudo leer:',

  behaviours: {
    'exposing-identifiers': {
      name: 'Exponer los identificadores',
      asks: 'Los programas pueden conocer el identificador persistente de un recurso a partir de las direcciones de sus páginas y archivos.',
      does: 'Cada registro tiene una dirección propia y duradera, y se encuentra también por su identificador OAI. Su página y sus datos enlazan con el DOI o el handle con el que debe citarse.',
    },
    'declaring-licences': {
      name: 'Declarar las licencias de cada recurso',
      asks: 'Los programas pueden saber de cada recurso qué les está permitido hacer con él.',
      does: 'La licencia se normaliza a su dirección, figura en todos los formatos del registro y se enlaza desde su página y sus archivos. El nodo no inventa ninguna: si el repositorio no da licencia, no la hay.',
    },
    'discovery-through-navigation': {
      name: 'Descubrimiento por navegación',
      asks: 'Los programas encuentran metadatos, archivos e identificadores siguiendo enlaces, sea cual sea el software del repositorio.',
      does: 'Cada registro tiene enlaces tipados en sus cabeceras, en su página y como conjunto de enlaces. Un mapa del sitio enumera todos los registros, y las páginas son HTML sencillo que un rastreador puede seguir.',
    },
    'interacting-with-resources': {
      name: 'Interactuar con los recursos',
      asks: 'Los recursos se pueden anotar, comentar y revisar, esté donde esté la herramienta de quien lee o revisa.',
      does: 'Cada registro indica un buzón. Las revisiones, los avales y las relaciones que se anuncian en él se muestran con el registro una vez que el gestor los ha aceptado. No se admiten anotaciones de partes de un texto.',
    },
    'resource-transfer': {
      name: 'Transferencia de recursos',
      asks: 'Los recursos pueden pasar de un sistema a otro, con sus metadatos y en buen orden.',
      does: 'Otros sistemas obtienen los registros uno a uno o en paquetes, con sumas de comprobación, y saben dónde están los archivos. No se admiten depósitos: corresponden al repositorio junto al que funciona el nodo.',
    },
    'batch-discovery': {
      name: 'Descubrimiento en bloque',
      asks: 'Todo lo que contiene un repositorio, y lo que ha cambiado desde entonces, se puede descubrir en bloque.',
      does: 'Todo se puede recolectar por OAI-PMH, como listas de recursos y de cambios, y como volcados.',
    },
    'collecting-and-exposing-activities': {
      name: 'Recoger y exponer actividades',
      asks: 'Lo que sucede con un recurso, aquí y en otros lugares, se recoge y otros pueden seguirlo.',
      does: 'El buzón recibe notificaciones y las muestra. Los cambios se enumeran día a día, se comunican a quienes se han suscrito y se transmiten a los demás nodos de la red. El nodo no busca menciones en otros lugares de la web.',
    },
    'identification-of-users': {
      name: 'Identificación de usuarios',
      asks: 'Se conoce a las personas por identificadores válidos en todos los sistemas.',
      does: 'Los autores se enlazan por el ORCID que les da el repositorio. Quienes leen no tienen cuenta aquí ni la necesitan.',
    },
    'authentication-of-users': {
      name: 'Autenticación de usuarios',
      asks: 'Las personas pueden demostrar quiénes son con una identidad que ya tienen.',
      does: 'Quienes leen no tienen dónde iniciar sesión, y no se puede hacer con ORCID ni con OpenID Connect. Al gestor se le conoce por un token, y a los otros nodos por sus firmas.',
    },
    'exposing-usage-metrics': {
      name: 'Exponer métricas de uso normalizadas',
      asks: 'El uso de los recursos se cuenta de una misma manera y se puede comparar entre repositorios.',
      does: 'Las consultas y descargas se cuentan sin robots ni dobles clics, y se suman en toda la red por mes e institución. Aquí no se dan informes por la API de COUNTER.',
    },
    'preserving-resources': {
      name: 'Preservar los recursos',
      asks: 'Los recursos se pueden conservar a largo plazo, también por otros que quien los publicó.',
      does: 'Los registros tienen sumas de comprobación, se pueden llevar como volcados, y los nodos que siguen a este los copian enteros y firmados; lo retirado deja una lápida. Los archivos se quedan en el repositorio: el nodo no guarda copias para la preservación.',
    },
  },

  checks: {
    resolvesIdentifiers: {
      title: 'Un registro responde en su dirección y se encuentra por su identificador OAI.',
      advice: 'Compruebe que la URL base de la configuración es aquella en la que se accede al nodo.',
    },
    namesCitation: {
      title: 'La página de un registro enlaza con el identificador con el que se cita.',
      advice:
        'Mire los identificadores del registro con «ngr check»; si son correctos, comuníquelo como error del software.',
    },
    namesLicences: {
      title: 'Al menos la mitad de los últimos registros indica una licencia.',
      advice:
        'Haga que el repositorio dé las licencias como direcciones, por ejemplo https://creativecommons.org/licenses/by/4.0/, en dc:rights o license_ref.',
    },
    linksLicence: {
      title: 'La página de un registro enlaza con su licencia.',
      advice:
        'Mire la licencia del registro con «ngr check»; si es correcta, comuníquelo como error del software.',
    },
    followsSignposts: {
      title: 'Desde la página de un registro, los enlaces llevan a sus datos y de vuelta.',
      advice: 'Compruebe si un proxy o la URL base cambia las direcciones de los enlaces.',
    },
    followsSitemap: {
      title: 'Desde robots.txt, el mapa del sitio lleva a un registro.',
      advice: 'Mire /robots.txt y la lista de recursos; «ngr status» dice si algún lector va retrasado.',
    },
    followsPages: {
      title: 'Desde la portada, los enlaces llevan a la lista y de ahí a un registro.',
      advice: 'Compruebe que la URL base de la configuración es aquella en la que se accede al nodo.',
    },
    invitesReviews: {
      title: 'Un registro lleva a su buzón, y el buzón dice qué admite.',
      advice: 'Mire /inbox/constraints y, con «ngr notifications», si el buzón está lleno.',
    },
    transfersResource: {
      title: 'Las listas de ResourceSync llevan a un recurso con la suma de comprobación correcta.',
      advice:
        '«ngr status» dice si algún lector va retrasado; entonces la lista es de un estado anterior. Si no, haga comprobar los datos con una copia de seguridad.',
    },
    listsRecords: {
      title: 'Un recolector lee por OAI-PMH una página de registros sin defectos.',
      advice: 'Mire /oai?verb=ListRecords&metadataPrefix=oai_dc y el registro en el que se interrumpe.',
    },
    givesDump: {
      title: 'Se puede obtener un paquete del volcado, también por partes.',
      advice: 'Compruebe si queda espacio en el disco, y mire /resourcesync/resourcedump.xml.',
    },
    showsNotifications: {
      title: 'El nodo lleva a su buzón, y lo que ha llegado se puede leer.',
      advice: 'Mire /inbox y, con «ngr notifications», lo que ha llegado.',
    },
    showsChanges: {
      title: 'La lista de cambios se puede leer.',
      advice: 'Mire /resourcesync/changelist.xml; «ngr status» dice si algún lector va retrasado.',
    },
    offersHub: {
      title: 'Quien quiera recibir los cambios encuentra el distribuidor (hub) al que pedirlos.',
      advice: 'Mire /resourcesync/capabilitylist.xml y /websub, y «websub» en la configuración.',
    },
    namesAuthors: {
      title: 'Los registros identifican a los autores por ORCID, y una página los enlaza.',
      advice:
        'Haga que el repositorio dé los ORCID de los autores en sus metadatos, mejor en RIOXX, OpenAIRE o DataCite.',
    },
    demandsToken: {
      title: 'Lo que es del gestor se niega a quien no tiene el token.',
      advice: 'Retire el nodo de la red de inmediato y mire qué hay entre él y sus lectores.',
    },
    showsTotals: {
      title: 'Los totales se pueden leer y son la suma de sus meses e instituciones.',
      advice: 'Mire /usage; comuníquelo como error del software.',
    },
    takesUsage: {
      title: 'El contador para las páginas propias del repositorio está disponible.',
      advice: 'Compruebe si algo delante del nodo rechaza /tracker.',
    },
    givesChecksums: {
      title: 'Todos los recursos enumerados tienen suma de comprobación.',
      advice: 'Mire la lista de recursos; comuníquelo como error del software.',
    },
    keepsTombstones: {
      title: 'Lo retirado o eliminado se da por desaparecido, con una lápida.',
      advice:
        'Retire de nuevo el registro con «ngr withdraw»; si persiste, comuníquelo como error del software.',
    },
  },
};
