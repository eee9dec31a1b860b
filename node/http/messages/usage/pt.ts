import { counting } from '../counting.ts';
import type { use as english } from './en.ts';

const n = counting('pt');

/** O mesmo em português. */
export const use: typeof english = {
  title: 'Uso',
  text: 'Quantas vezes os registros foram vistos e seus arquivos baixados. Cada instituição conta o que é seu segundo o Código de Prática do COUNTER, versão 5.1, e assina as somas; robôs e cliques repetidos ficam de fora, e nada sobre os leitores é guardado.',
  views: 'Visualizações',
  downloads: 'Downloads',
  viewVisits: 'Visitas com visualizações',
  downloadVisits: 'Visitas com downloads',
  terms: 'O que as palavras significam',
  meanings: {
    totalInvestigations: 'Cada vez que alguém viu um item: sua página ou um de seus arquivos.',
    uniqueInvestigations: 'O mesmo, com cada item uma única vez por visita.',
    totalRequests: 'Cada vez que alguém abriu ou baixou um arquivo. Está também entre as visualizações.',
    uniqueRequests: 'O mesmo, com cada item uma única vez por visita.',
  },
  viewCount: (count) => n(count, 'visualização', 'visualizações'),
  downloadCount: (count) => n(count, 'download', 'downloads'),
  none: 'Nada foi contado ainda.',
  month: 'Mês',
  record: 'Registro',
  country: 'País',
  institution: 'Instituição',
  total: 'Todos os meses',
  otherCountries: 'Outros ou desconhecidos',
  otherLanguages: 'Desconhecido',

  period: {
    title: 'Período',
    lastYear: 'Os últimos 12 meses',
    all: 'Todos os meses',
    from: 'Do mês',
    to: 'ao mês',
    form: 'como 2026-01',
    orBetween: 'ou',
    button: 'Mostrar',
    between: (from, to) => `de ${from} a ${to}`,
  },

  charts: {
    nothing: 'Nada foi contado neste período.',
    table: 'Os números em uma tabela',
    csv: 'Em CSV',
    open: 'ainda pode mudar',
    openMonth: (month) => `${month} (ainda pode mudar)`,
    range: (first, last) => `De ${first} a ${last}.`,
    sum: (name, sum, peak) => `${name}: ${sum} ao todo, ${peak}.`,
    only: (name, peak) => `${name}: ${peak}.`,
    peak: (value, where) => `no máximo ${value} (${where})`,
    none: (name) => `${name}: nada.`,
    mark: (where, name, value) => `${where}, ${name}: ${value}`,
  },

  own: {
    title: (name) => `Uso dos registros de ${name}`,
    byMonth: 'Visualizações e downloads por mês',
    top: 'Registros mais baixados',
    topViewed: 'Registros mais vistos',
    byType: (what) => `${what} por tipo`,
    byLanguage: (what) => `${what} por idioma do registro`,
    byCountry: (what) => `${what} por país do leitor`,
    robotViews: 'Visualizações de robôs',
    robotDownloads: 'Downloads de robôs',
    robots: (views, downloads) =>
      `Robôs e outras máquinas não estão em nenhum número: ${views} e ${downloads} deles ficaram de fora.`,
    open: 'Os últimos dias não estão fechados: o que é comunicado com atraso ainda é contado, e os meses a que pertencem podem mudar.',
  },

  network: {
    title: (names) => `Uso na rede ${names}`,
    byMonth: (what) => `${what} por mês`,
    self: 'Esta instituição',
    others: 'As outras instituições',
    byInstitution: (what) => `${what} por instituição`,
    byPlace: (what) => `${what} por país da instituição`,
    someCountries: 'Nem todas as instituições comunicam os países de seus leitores.',
    compared: 'Esta instituição e as outras',
    comparedText: (what) =>
      `${what} em proporção: 100 é o mês médio de cada uma, para que grandes e pequenas possam ser comparadas. Os meses que ainda podem mudar não entram na média.`,
    institutions: 'Instituições que informaram o mês',
  },

  coverage: {
    title: 'De que são feitas estas somas',
    signed: 'O que cada instituição assinou, num ficheiro',
    text: (nodes, reports) =>
      `De ${n(nodes, 'instituição', 'instituições')}, ${n(reports, 'relatório mensal', 'relatórios mensais')}.`,
    first: 'Primeiro mês',
    last: 'Último mês',
    months: 'Meses',
    missing: 'Meses que faltam',
    open: 'Ainda podem mudar',
    nothing: 'nenhum',
  },

  apart: 'À parte',
  apartText:
    'O que uma instituição comunica fora de toda proporção com seus registros não é contado até que uma pessoa deste nó o tenha examinado.',
  bothSums: ({ views, downloads, apartViews, apartDownloads }) =>
    `Contado acima: ${views} e ${downloads}. À parte, em nenhuma soma: ${apartViews} e ${apartDownloads}.`,
  why: 'Motivo',
  months: 'Meses',
  outOfProportion: 'fora de proporção',
  refused: 'recusado pelo operador deste nó',
  perRecord: 'Usos por registro',
  perRecordUsual: (count, usual) => `${count} em um mês, quando o habitual são ${usual}`,
  perRecordAlone: (count) => `${count} em um mês`,

  item: {
    byMonth: 'Por mês',
    allCopies: 'Todas as cópias',
    copies: 'Todas as cópias desta obra',
    copiesText: (nodes) =>
      `O que ${n(nodes, 'instituição comunica', 'instituições comunicam')} de suas cópias desta obra nos últimos 12 meses.`,
    data: 'Estes números como dados',
  },
};
