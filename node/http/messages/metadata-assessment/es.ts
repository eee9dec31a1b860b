import { counting } from '../counting.ts';
import type { Messages } from '../en.ts';

const n = counting('es');

export const metadataAssessment: Messages['metadataAssessment'] = {
  names: {
    rioxx: 'Metadatos según RIOXX',
    openaire: 'Metadatos según las directrices OpenAIRE',
    'plan-s': 'Lo que el Plan S pide a los registros',
  },
  ledes: {
    rioxx:
      'RIOXX es un perfil de metadatos para trabajos de investigación con el que las entidades financiadoras ven si se cumplen sus condiciones. Cada registro de esta institución se contrasta con él.',
    openaire:
      'Las directrices OpenAIRE para repositorios de literatura dicen qué metadatos necesita OpenAIRE de un repositorio. Cada registro de esta institución se contrasta con ellas.',
    'plan-s':
      'El Plan S pide a los repositorios lo que sus registros han de mostrar. Cada registro de esta institución se compara con ello.',
  },
  levels: { basic: 'Básico', full: 'Completo' },
  choices: 'Versiones y niveles',
  described: 'El perfil mismo',
  records: 'Registros contrastados',
  meeting: 'Registros que lo cumplen',
  share: 'Proporción',
  percent: (percent) => `${percent} %`,
  noRecords: 'Todavía no hay registros.',
  rules: 'Qué se pide y cuántos registros lo tienen',
  element: 'Elemento',
  asked: 'Qué se pide',
  requirement: 'Exigencia',
  requirements: {
    mandatory: 'obligatorio',
    applicable: 'obligatorio si procede',
    recommended: 'recomendado',
    optional: 'opcional',
  },
  aside: 'a título informativo',
  of: (count, all) => `${count} de ${all}`,
  inapplicable: 'no se aplica a ningún registro',
  failing: (count) => n(count, 'registro no lo cumple', 'registros no lo cumplen'),
  failingTitle: 'Registros que no cumplen',
  failingWhole: 'Registros que no cumplen el conjunto',
  noneFailing: 'Todos los registros cumplen.',
  table: 'Resultados de cada registro, en una tabla (CSV)',
  failingTable: 'Estos registros, en una tabla (CSV)',
  resultOf: 'Los resultados de este registro',
  whole: {
    passed: 'Este registro cumple todo lo que decide.',
    failed: 'Este registro no cumple todo lo que decide.',
  },
};
