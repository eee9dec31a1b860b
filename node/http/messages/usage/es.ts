import { counting } from '../counting.ts';
import type { use as english } from './en.ts';

const n = counting('es');

/** Lo mismo en español. */
export const use: typeof english = {
  title: 'Uso',
  text: 'Cuántas veces se han consultado los registros y descargado sus archivos. Cada institución cuenta lo suyo según el Código de Prácticas de COUNTER, versión 5.1, y firma las sumas; se excluyen los robots y los clics repetidos, y no se guarda nada sobre los lectores.',
  views: 'Consultas',
  downloads: 'Descargas',
  viewVisits: 'Visitas con consultas',
  downloadVisits: 'Visitas con descargas',
  terms: 'Qué significan las palabras',
  meanings: {
    totalInvestigations: 'Cada vez que alguien consultó un documento: su página o uno de sus archivos.',
    uniqueInvestigations: 'Lo mismo, con cada documento una sola vez por visita.',
    totalRequests: 'Cada vez que alguien abrió o descargó un archivo. También figura entre las consultas.',
    uniqueRequests: 'Lo mismo, con cada documento una sola vez por visita.',
  },
  viewCount: (count) => n(count, 'consulta', 'consultas'),
  downloadCount: (count) => n(count, 'descarga', 'descargas'),
  none: 'Todavía no se ha contado nada.',
  month: 'Mes',
  record: 'Registro',
  country: 'País',
  institution: 'Institución',
  total: 'Todos los meses',
  otherCountries: 'Otros o desconocidos',
  otherLanguages: 'Desconocido',

  period: {
    title: 'Período',
    lastYear: 'Los últimos 12 meses',
    all: 'Todos los meses',
    from: 'Desde el mes',
    to: 'hasta el mes',
    form: 'como 2026-01',
    orBetween: 'o bien',
    button: 'Mostrar',
    between: (from, to) => `de ${from} a ${to}`,
  },

  charts: {
    nothing: 'No se contó nada en este período.',
    table: 'Los números en una tabla',
    csv: 'En CSV',
    open: 'aún puede cambiar',
    openMonth: (month) => `${month} (aún puede cambiar)`,
    range: (first, last) => `De ${first} a ${last}.`,
    sum: (name, sum, peak) => `${name}: ${sum} en total, ${peak}.`,
    only: (name, peak) => `${name}: ${peak}.`,
    peak: (value, where) => `como máximo ${value} (${where})`,
    none: (name) => `${name}: ninguna.`,
    mark: (where, name, value) => `${where}, ${name}: ${value}`,
  },

  own: {
    title: (name) => `Uso de los registros de ${name}`,
    byMonth: 'Consultas y descargas por mes',
    top: 'Registros más descargados',
    topViewed: 'Registros más consultados',
    byType: (what) => `${what} por tipo`,
    byLanguage: (what) => `${what} por idioma del registro`,
    byCountry: (what) => `${what} por país del lector`,
    robotViews: 'Consultas de robots',
    robotDownloads: 'Descargas de robots',
    robots: (views, downloads) =>
      `Los robots y otras máquinas no figuran en ninguna cifra: se excluyeron ${views} y ${downloads} suyas.`,
    open: 'Los últimos días no están cerrados: lo que se comunica con retraso todavía se cuenta, y los meses a los que pertenecen pueden cambiar.',
  },

  network: {
    title: (names) => `Uso en la red ${names}`,
    byMonth: (what) => `${what} por mes`,
    self: 'Esta institución',
    others: 'Las demás instituciones',
    byInstitution: (what) => `${what} por institución`,
    byPlace: (what) => `${what} por país de la institución`,
    someCountries: 'No todas las instituciones comunican los países de sus lectores.',
    compared: 'Esta institución y las demás',
    comparedText: (what) =>
      `${what} en proporción: 100 es el mes medio de cada una, para poder comparar grandes y pequeñas. Los meses que aún pueden cambiar no entran en la media.`,
    institutions: 'Instituciones que informaron del mes',
  },

  coverage: {
    title: 'De qué se componen estas sumas',
    signed: 'Lo que firmó cada institución, en un archivo',
    text: (nodes, reports) =>
      `De ${n(nodes, 'institución', 'instituciones')}, ${n(reports, 'informe mensual', 'informes mensuales')}.`,
    first: 'Primer mes',
    last: 'Último mes',
    months: 'Meses',
    missing: 'Meses que faltan',
    open: 'Aún pueden cambiar',
    nothing: 'ninguno',
  },

  apart: 'Aparte',
  apartText:
    'Lo que una institución comunica y no guarda proporción con sus registros no se cuenta hasta que una persona de este nodo lo haya revisado.',
  bothSums: ({ views, downloads, apartViews, apartDownloads }) =>
    `Contado arriba: ${views} y ${downloads}. Aparte, en ninguna suma: ${apartViews} y ${apartDownloads}.`,
  why: 'Motivo',
  months: 'Meses',
  outOfProportion: 'fuera de proporción',
  refused: 'rechazado por el operador de este nodo',
  perRecord: 'Usos por registro',
  perRecordUsual: (count, usual) => `${count} en un mes, cuando lo habitual son ${usual}`,
  perRecordAlone: (count) => `${count} en un mes`,

  item: {
    byMonth: 'Por mes',
    allCopies: 'Todas las copias',
    copies: 'Todas las copias de esta obra',
    copiesText: (nodes) =>
      `Lo que ${n(nodes, 'institución comunica', 'instituciones comunican')} de sus copias de esta obra en los últimos 12 meses.`,
    data: 'Estas cifras como datos',
  },
};
