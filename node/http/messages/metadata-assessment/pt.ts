import { counting } from '../counting.ts';
import type { Messages } from '../en.ts';

const n = counting('pt');

export const metadataAssessment: Messages['metadataAssessment'] = {
  names: {
    rioxx: 'Metadados segundo o RIOXX',
    openaire: 'Metadados segundo as diretrizes OpenAIRE',
    'plan-s': 'O que o Plan S pede aos registros',
  },
  ledes: {
    rioxx:
      'O RIOXX é um perfil de metadados para trabalhos de pesquisa, pelo qual as agências de fomento veem se suas condições são cumpridas. Cada registro desta instituição é confrontado com ele.',
    openaire:
      'As diretrizes OpenAIRE para repositórios de literatura dizem de quais metadados de um repositório a OpenAIRE precisa. Cada registro desta instituição é confrontado com elas.',
    'plan-s':
      'O Plan S pede aos repositórios o que seus registros devem mostrar. Cada registro desta instituição é comparado com isso.',
  },
  levels: { basic: 'Básico', full: 'Completo' },
  choices: 'Versões e níveis',
  described: 'O próprio perfil',
  records: 'Registros confrontados',
  meeting: 'Registros que o cumprem',
  share: 'Proporção',
  percent: (percent) => `${percent}%`,
  noRecords: 'Ainda não há registros.',
  rules: 'O que se pede e quantos registros o têm',
  element: 'Elemento',
  asked: 'O que se pede',
  requirement: 'Exigência',
  requirements: {
    mandatory: 'obrigatório',
    applicable: 'obrigatório quando se aplica',
    recommended: 'recomendado',
    optional: 'opcional',
  },
  aside: 'a título informativo',
  of: (count, all) => `${count} de ${all}`,
  inapplicable: 'não se aplica a nenhum registro',
  failing: (count) => n(count, 'registro não cumpre', 'registros não cumprem'),
  failingTitle: 'Registros que não cumprem',
  failingWhole: 'Registros que não cumprem o conjunto',
  noneFailing: 'Todos os registros cumprem.',
  table: 'Resultados de cada registro, em uma tabela (CSV)',
  failingTable: 'Estes registros, em uma tabela (CSV)',
  resultOf: 'Os resultados deste registro',
  whole: {
    passed: 'Este registro cumpre tudo o que decide.',
    failed: 'Este registro não cumpre tudo o que decide.',
  },
};
