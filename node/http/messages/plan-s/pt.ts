import { counting } from '../counting.ts';
import type { planS as english } from './en.ts';

const n = counting('pt');

/** O que diz a avaliação segundo o Plan S, em português. */
export const planS: typeof english = {
  name: 'Requisitos do Plan S para repositórios',
  lede: 'O que os financiadores da cOAlition S pedem a um repositório em que se depositam artigos. O que este nó pode ver, ele olhou; o resto é o que a instituição diz.',
  described: 'Parte III do Plan S: orientação técnica e requisitos',
  weights: { mandatory: 'Obrigatórios', recommended: 'Muito recomendados' },
  outcomes: {
    met: 'cumpre-se',
    declared: 'cumpre-se, segundo a instituição',
    unknown: 'não se sabe',
    'not-met': 'não se cumpre',
  },
  advice: 'O que fazer',
  percent: (percent) => `${percent}%`,
  threshold: {
    planS: (percent) => `O Plan S pede ${percent}.`,
    node: (percent) => `O Plan S não indica nenhuma proporção; este nó toma ${percent}.`,
  },
  recordsLink: 'O que os registros mostram, e quais falham',
  table: 'Como tabela (CSV)',
  evidence: {
    records: (passed, of) => `${passed} de ${of} registros a que se aplica`,
    formats: (name, standards) => `${name} oferece ${standards}`,
    noStandard: 'nenhum formato que seja um padrão',
    prefixes: 'Formatos:',
    statement: (name) => `${name} diz de seus metadados:`,
    uptime: (name, percent, known) =>
      `${name} respondeu em ${percent} do tempo conhecido; do ano, conhece-se ${known}`,
    answers: (name) => `${name} responde sem login`,
    silent: (name) => `${name} não respondeu`,
    address: 'Visto em',
    failing: (count) => n(count, 'registro falha', 'registros falham'),
  },
  declared: {
    title: 'O que a instituição diz',
    by: (by, date) => `${by}, ${date}`,
    evidence: 'Prova',
    stale: 'Foi dito há mais de um ano e convém rever.',
    denied: 'A instituição diz que não cumpre isto.',
  },
  availability: {
    title: 'Disponibilidade',
    text: 'O nó pergunta a cada endereço a cada cinco minutos, duas vezes antes de o dar por fora do ar. O tempo em que o próprio nó não funcionava não se conhece e não conta.',
    none: 'Não se pergunta a nenhum endereço da instituição.',
    suspected: (time) =>
      `Desde ${time} não se alcança ninguém daqui. A linha deste nó parece estar fora do ar, e nada é contado.`,
    withoutLine: (minutes) =>
      n(minutes, 'minuto não conta', 'minutos não contam') +
      ', porque a linha deste nó parecia estar fora do ar.',
    share: 'Disponível',
    known: 'Do ano, conhecido',
    last: 'Da última vez',
    isUp: 'respondeu',
    isDown: 'não respondeu',
    chart: (name) => `Minutos sem resposta, por mês: ${name}`,
    down: 'Minutos fora do ar',
    month: 'Mês',
    knownShare: 'Conhecido (%)',
    upShare: 'Disponível (%)',
    outages: 'As interrupções mais longas',
    noOutages: 'Não se conhece nenhuma interrupção.',
    begin: 'Início',
    end: 'Fim',
    minutes: 'Minutos',
    ongoing: 'não tinha terminado da última vez',
    maintenance: 'Manutenção anunciada, que não conta',
  },
  requirements: {
    registration: {
      name: 'Registrado no OpenDOAR',
      asks: 'O repositório está registrado no OpenDOAR, ou a caminho disso.',
    },
    identifiers: {
      name: 'Identificadores persistentes',
      asks: 'As versões depositadas têm identificadores persistentes como DOI, URN ou Handle, com versões quando são revistas.',
    },
    metadata: {
      name: 'Metadados de alta qualidade',
      asks: 'Os metadados dos artigos são bons, em formato aberto e padrão e sob CC0. Indicam a publicação original, a versão, o acesso, a licença e o financiamento.',
    },
    embedding: {
      name: 'Acesso e licença no artigo',
      asks: 'O próprio artigo diz, também para máquinas, se é aberto e sob que licença.',
    },
    availability: {
      name: 'Disponibilidade contínua',
      asks: 'O repositório está disponível pelo menos 99,7% do tempo, à parte a manutenção programada.',
    },
    helpdesk: {
      name: 'Serviço de ajuda',
      asks: 'Há um serviço de ajuda, ao menos por e-mail, que responde em um dia útil.',
    },
    submission: {
      name: 'Depósito',
      asks: 'Os autores depositam manuscritos um a um e as editoras muitos de uma vez.',
    },
    'full-text': {
      name: 'Texto completo para máquinas',
      asks: 'Os textos completos são guardados em um padrão da comunidade legível por máquinas, como JATS XML.',
    },
    entities: {
      name: 'Identificadores de pessoas e organismos',
      asks: 'Autores, financiadores, projetos e instituições têm identificadores persistentes.',
    },
    citations: {
      name: 'Citações abertas',
      asks: 'Os dados de citações estão abertos a todos, como pede a I4OC.',
    },
    api: {
      name: 'Interface aberta',
      asks: 'Todos, também as máquinas, chegam ao conteúdo por uma interface aberta.',
    },
    openaire: { name: 'OpenAIRE', asks: 'Os metadados cumprem as diretrizes do OpenAIRE.' },
    quality: {
      name: 'Controle de qualidade',
      asks: 'Os depósitos são ligados a descrições autorizadas, como as do PubMed ou do Crossref.',
    },
  },
  criteria: {
    opendoar: {
      title: 'Cada repositório da instituição tem uma entrada no OpenDOAR.',
      advice:
        'Registre-o em opendoar.ac.uk e anote o número da entrada na página da instituição do painel. Enquanto está a caminho, diga-o.',
    },
    'persistent-identifiers': {
      title: 'As versões depositadas têm identificadores persistentes próprios.',
      advice: 'Registre DOIs ou Handles para os depósitos e exporte-os com o registro.',
    },
    versioning: {
      title: 'Depósitos revistos recebem versões que se distinguem.',
      advice: 'Diga como o repositório guarda versões, com o endereço do guia.',
    },
    description: {
      title: 'Os registros descrevem bem a obra: autores, resumo, assunto, idioma, tipo, data.',
      advice: 'Torne estes campos obrigatórios no depósito; complete os registros que falham.',
    },
    'metadata-formats': {
      title: 'O repositório oferece seus metadados em padrões abertos.',
      advice: 'Ative formatos como RIOXX, OpenAIRE ou DataCite na interface OAI-PMH do repositório.',
    },
    'metadata-cc0': {
      title: 'Os metadados estão sob CC0.',
      advice:
        'Diga-o onde as máquinas leem: em um rightsManifest ou metadataPolicy da resposta a Identify; ou declare-o aqui, com o endereço da política.',
    },
    'publication-identifiers': {
      title: 'Os registros indicam o DOI da publicação original.',
      advice: 'Anote o DOI no depósito; procure no Crossref os que faltam.',
    },
    versions: {
      title: 'Os registros de artigos dizem que versão foi depositada.',
      advice: 'Faça escolher no depósito: manuscrito aceito ou versão publicada.',
    },
    'licence-and-access': {
      title: 'Os registros dizem quem tem acesso e sob que licença, em forma legível por máquinas.',
      advice: 'Faça escolher acesso e licença no depósito, e exporte-os como endereços.',
    },
    funding: {
      title: 'O financiamento é dado com o nome do financiador e o número do projeto.',
      advice: 'Peça financiador e projeto juntos; importe projetos do OpenAIRE ou do Crossref.',
    },
    'embedded-licence': {
      title: 'Os arquivos dizem em si mesmos sua licença e seu acesso.',
      advice:
        'Faça o repositório escrevê-los no XMP do PDF, em uma capa com o endereço da licença ou no JATS; depois, diga-o.',
    },
    uptime: {
      title: 'O repositório respondeu pelo menos 99,7% do último ano.',
      advice: 'Veja as interrupções abaixo. Anuncie antes a manutenção e anote-a: não conta.',
    },
    'helpdesk-address': {
      title: 'Há um endereço de ajuda.',
      advice: 'Anote um endereço de e-mail ou um formulário na página da instituição do painel.',
    },
    'helpdesk-response': {
      title: 'Quem pergunta recebe resposta em um dia útil.',
      advice: 'Diga quem responde e como isso é assegurado; basta uma primeira resposta automática.',
    },
    'submission-system': {
      title: 'Os autores enviam manuscritos um a um e as editoras em bloco.',
      advice: 'Diga que vias existem, como SWORD, com o endereço do guia.',
    },
    'full-text-format': {
      title: 'Os textos completos estão em JATS ou outro XML da comunidade.',
      advice: 'Guarde ao lado do PDF o XML que as editoras dão.',
    },
    'author-identifiers': {
      title: 'Os autores têm ORCID.',
      advice: 'Ligue o depósito ao ORCID e exporte os identificadores.',
    },
    'funder-identifiers': {
      title: 'Os financiadores têm identificadores do ROR ou do registro do Crossref.',
      advice: 'Escolha financiadores de uma lista com identificadores e exporte-os.',
    },
    'institution-identifiers': {
      title: 'As instituições dos autores têm ROR.',
      advice: 'Exporte os ROR com as afiliações.',
    },
    'open-citations': {
      title: 'As referências dos artigos são abertas; este nó as mostra e exporta para todos.',
      advice: 'Deixe o nó ler os textos completos, ou exporte as referências com os metadados.',
    },
    'open-api': {
      title: 'Uma interface do repositório responde sem login.',
      advice: 'Abra a interface OAI-PMH a todos.',
    },
    'openaire-metadata': {
      title: 'Os registros têm os campos obrigatórios das diretrizes OpenAIRE v4.',
      advice: 'A avaliação segundo o OpenAIRE diz que campos faltam.',
    },
    'authoritative-links': {
      title: 'As obras publicadas levam à sua descrição no Crossref, no DataCite ou no PubMed.',
      advice: 'Anote o DOI ou o número do PubMed no depósito.',
    },
    'quality-assurance': {
      title: 'Um processo compara os depósitos com metadados autorizados.',
      advice: 'Diga como os depósitos são conferidos, por quem e com que fonte.',
    },
  },
};
