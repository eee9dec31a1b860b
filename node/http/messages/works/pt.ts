import type { Messages } from '../en.ts';
import { evidence } from './evidence/pt.ts';

export const works: Messages['works'] = {
  kinds: {
    single: 'Apenas um registro descreve esta obra.',
    copies: 'Estes registros descrevem cópias da mesma versão.',
    versions: 'Estes registros descrevem versões da mesma obra.',
    editions: 'Estes registros descrevem edições da mesma obra que foram publicadas em separado.',
  },
  stages: {
    published: 'Versão publicada',
    proof: 'Prova tipográfica',
    accepted: 'Manuscrito aceito',
    unknown: 'Versão não indicada',
    submitted: 'Manuscrito submetido',
    draft: 'Rascunho',
  },
  best: {
    title: 'Melhor cópia aberta',
    none: 'Não se conhece nenhuma cópia que todos possam ler.',
    read: 'Ler',
    record: 'Ir ao registro',
    noLicence: 'sem licença indicada',
    reachable: 'o arquivo foi obtido',
    untried: 'o arquivo não foi verificado',
  },
  identifier: 'Identificador da obra:',
  evidence,
  statements: {
    title: 'O que esta instituição diz dos duplicados',
    text: 'Onde as obras calculadas estão erradas, quem gere este nó o diz. São declarações apenas deste nó.',
    none: 'Nada foi dito.',
    same: 'Estes registros são da mesma obra:',
    different: 'Estes registros não são da mesma obra:',
    by: (day) => `Dito pela gestão do repositório em ${day}`,
    all: 'O que esta instituição diz deles',
    next: 'Mais',
  },
};
