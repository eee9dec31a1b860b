import { counting } from '../counting.ts';
import type { planS as english } from './en.ts';

const n = counting('es');

/** Lo que dice la evaluación según el Plan S, en español. */
export const planS: typeof english = {
  name: 'Requisitos del Plan S para repositorios',
  lede: 'Lo que los financiadores de cOAlition S piden a un repositorio en el que se depositan artículos. Lo que este nodo puede ver, lo ha mirado; lo demás es lo que dice la institución.',
  described: 'Parte III del Plan S: orientación técnica y requisitos',
  weights: { mandatory: 'Obligatorios', recommended: 'Muy recomendados' },
  outcomes: {
    met: 'se cumple',
    declared: 'se cumple, según la institución',
    unknown: 'no se sabe',
    'not-met': 'no se cumple',
  },
  advice: 'Qué hacer',
  percent: (percent) => `${percent} %`,
  threshold: {
    planS: (percent) => `El Plan S pide el ${percent}.`,
    node: (percent) => `El Plan S no da ninguna proporción; este nodo toma el ${percent}.`,
  },
  recordsLink: 'Lo que muestran los registros, y cuáles fallan',
  table: 'Como tabla (CSV)',
  evidence: {
    records: (passed, of) => `${passed} de ${of} registros a los que se aplica`,
    formats: (name, standards) => `${name} ofrece ${standards}`,
    noStandard: 'ningún formato que sea un estándar',
    prefixes: 'Formatos:',
    statement: (name) => `${name} dice de sus metadatos:`,
    uptime: (name, percent, known) =>
      `${name} respondió el ${percent} del tiempo conocido; del año se conoce el ${known}`,
    answers: (name) => `${name} responde sin iniciar sesión`,
    silent: (name) => `${name} no ha respondido`,
    address: 'Visto en',
    failing: (count) => n(count, 'registro falla', 'registros fallan'),
  },
  declared: {
    title: 'Lo que dice la institución',
    by: (by, date) => `${by}, ${date}`,
    evidence: 'Prueba',
    stale: 'Se dijo hace más de un año y conviene revisarlo.',
    denied: 'La institución dice que no lo cumple.',
  },
  availability: {
    title: 'Disponibilidad',
    text: 'El nodo pregunta a cada dirección cada cinco minutos, dos veces antes de darla por caída. El tiempo en que el propio nodo no funcionaba no se conoce y no cuenta.',
    none: 'No se pregunta a ninguna dirección de la institución.',
    suspected: (time) =>
      `Desde ${time} no se alcanza a nadie desde aquí. Parece que la línea de este nodo está caída, y no se cuenta nada.`,
    withoutLine: (minutes) =>
      n(minutes, 'minuto no cuenta', 'minutos no cuentan') +
      ', porque la línea de este nodo parecía estar caída.',
    share: 'Disponible',
    known: 'Del año, conocido',
    last: 'La última vez',
    isUp: 'respondió',
    isDown: 'no respondió',
    chart: (name) => `Minutos sin respuesta, por mes: ${name}`,
    down: 'Minutos sin servicio',
    month: 'Mes',
    knownShare: 'Conocido (%)',
    upShare: 'Disponible (%)',
    outages: 'Las interrupciones más largas',
    noOutages: 'No se conoce ninguna interrupción.',
    begin: 'Inicio',
    end: 'Fin',
    minutes: 'Minutos',
    ongoing: 'no había terminado la última vez',
    maintenance: 'Mantenimiento anunciado, que no cuenta',
  },
  requirements: {
    registration: {
      name: 'Registrado en OpenDOAR',
      asks: 'El repositorio está registrado en OpenDOAR, o en vías de estarlo.',
    },
    identifiers: {
      name: 'Identificadores persistentes',
      asks: 'Las versiones depositadas tienen identificadores persistentes como DOI, URN o Handle, con versiones cuando se revisan.',
    },
    metadata: {
      name: 'Metadatos de alta calidad',
      asks: 'Los metadatos de los artículos son buenos, en un formato abierto y estándar y bajo CC0. Nombran la publicación original, la versión, el acceso, la licencia y la financiación.',
    },
    embedding: {
      name: 'Acceso y licencia en el artículo',
      asks: 'El propio artículo dice, también para máquinas, si es abierto y bajo qué licencia.',
    },
    availability: {
      name: 'Disponibilidad continua',
      asks: 'El repositorio está disponible al menos el 99,7 % del tiempo, aparte del mantenimiento programado.',
    },
    helpdesk: {
      name: 'Servicio de ayuda',
      asks: 'Hay un servicio de ayuda, al menos por correo, que responde en un día hábil.',
    },
    submission: {
      name: 'Depósito',
      asks: 'Los autores depositan manuscritos sueltos y las editoriales muchos a la vez.',
    },
    'full-text': {
      name: 'Texto completo para máquinas',
      asks: 'Los textos completos se guardan en un estándar de la comunidad legible por máquinas, como JATS XML.',
    },
    entities: {
      name: 'Identificadores de personas y organismos',
      asks: 'Autores, financiadores, proyectos e instituciones tienen identificadores persistentes.',
    },
    citations: {
      name: 'Citas abiertas',
      asks: 'Los datos de citas están abiertos a todos, como pide I4OC.',
    },
    api: {
      name: 'Interfaz abierta',
      asks: 'Todos, también las máquinas, llegan al contenido por una interfaz abierta.',
    },
    openaire: { name: 'OpenAIRE', asks: 'Los metadatos cumplen las directrices de OpenAIRE.' },
    quality: {
      name: 'Control de calidad',
      asks: 'Los depósitos se enlazan con descripciones autorizadas, como las de PubMed o Crossref.',
    },
  },
  criteria: {
    opendoar: {
      title: 'Cada repositorio de la institución tiene una entrada en OpenDOAR.',
      advice:
        'Regístrelo en opendoar.ac.uk y anote el número de la entrada en la página de la institución del panel. Mientras está en trámite, dígalo.',
    },
    'persistent-identifiers': {
      title: 'Las versiones depositadas tienen identificadores persistentes propios.',
      advice: 'Registre DOI o Handle para los depósitos y expórtelos con el registro.',
    },
    versioning: {
      title: 'Los depósitos revisados reciben versiones que se distinguen.',
      advice: 'Diga cómo guarda versiones el repositorio, con la dirección de su guía.',
    },
    description: {
      title: 'Los registros describen bien la obra: autores, resumen, materia, idioma, tipo, fecha.',
      advice: 'Haga obligatorios estos campos en el depósito; complete los registros que fallan.',
    },
    'metadata-formats': {
      title: 'El repositorio ofrece sus metadatos en estándares abiertos.',
      advice: 'Active formatos como RIOXX, OpenAIRE o DataCite en la interfaz OAI-PMH del repositorio.',
    },
    'metadata-cc0': {
      title: 'Los metadatos están bajo CC0.',
      advice:
        'Dígalo donde lo leen las máquinas: en un rightsManifest o metadataPolicy de la respuesta a Identify; o declárelo aquí, con la dirección de la política.',
    },
    'publication-identifiers': {
      title: 'Los registros nombran el DOI de la publicación original.',
      advice: 'Anote el DOI en el depósito; busque en Crossref los que faltan.',
    },
    versions: {
      title: 'Los registros de artículos dicen qué versión se depositó.',
      advice: 'Haga elegir al depositar: manuscrito aceptado o versión publicada.',
    },
    'licence-and-access': {
      title: 'Los registros dicen quién tiene acceso y bajo qué licencia, en forma legible por máquinas.',
      advice: 'Haga elegir acceso y licencia en el depósito, y expórtelos como direcciones.',
    },
    funding: {
      title: 'La financiación se da con el nombre del financiador y el número del proyecto.',
      advice: 'Pida financiador y proyecto juntos; importe proyectos de OpenAIRE o Crossref.',
    },
    'embedded-licence': {
      title: 'Los archivos dicen en sí mismos su licencia y su acceso.',
      advice:
        'Haga que el repositorio los escriba en el XMP del PDF, en una portada con la dirección de la licencia o en JATS; después, dígalo.',
    },
    uptime: {
      title: 'El repositorio respondió al menos el 99,7 % del último año.',
      advice: 'Mire las interrupciones más abajo. Anuncie antes el mantenimiento y anótelo: no cuenta.',
    },
    'helpdesk-address': {
      title: 'Hay una dirección de ayuda.',
      advice: 'Anote una dirección de correo o un formulario en la página de la institución del panel.',
    },
    'helpdesk-response': {
      title: 'Quien pregunta recibe respuesta en un día hábil.',
      advice: 'Diga quién responde y cómo se asegura; basta una primera respuesta automática.',
    },
    'submission-system': {
      title: 'Los autores suben manuscritos uno a uno y las editoriales en bloque.',
      advice: 'Diga qué vías hay, como SWORD, con la dirección de la guía.',
    },
    'full-text-format': {
      title: 'Los textos completos están en JATS u otro XML de la comunidad.',
      advice: 'Guarde junto al PDF el XML que dan las editoriales.',
    },
    'author-identifiers': {
      title: 'Los autores tienen ORCID.',
      advice: 'Conecte el depósito con ORCID y exporte los identificadores.',
    },
    'funder-identifiers': {
      title: 'Los financiadores tienen identificadores de ROR o del registro de Crossref.',
      advice: 'Elija financiadores de una lista con identificadores y expórtelos.',
    },
    'institution-identifiers': {
      title: 'Las instituciones de los autores tienen ROR.',
      advice: 'Exporte los ROR con las afiliaciones.',
    },
    'open-citations': {
      title: 'Las referencias de los artículos son abiertas; este nodo las muestra y exporta para todos.',
      advice: 'Deje que el nodo lea los textos completos, o exporte las referencias con los metadatos.',
    },
    'open-api': {
      title: 'Una interfaz del repositorio responde sin iniciar sesión.',
      advice: 'Abra a todos la interfaz OAI-PMH.',
    },
    'openaire-metadata': {
      title: 'Los registros tienen los campos obligatorios de las directrices OpenAIRE v4.',
      advice: 'La evaluación según OpenAIRE dice qué campos faltan.',
    },
    'authoritative-links': {
      title: 'Las obras publicadas llevan a su descripción en Crossref, DataCite o PubMed.',
      advice: 'Anote el DOI o el número de PubMed en el depósito.',
    },
    'quality-assurance': {
      title: 'Un proceso compara los depósitos con metadatos autorizados.',
      advice: 'Diga cómo se revisan los depósitos, quién lo hace y con qué fuente.',
    },
  },
};
