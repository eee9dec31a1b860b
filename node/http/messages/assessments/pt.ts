import type { Messages } from '../en.ts';

export const assessments: Messages['assessments'] = {
  title: 'Avaliações',
  lede: 'O que este nó faz daquilo que se espera de um repositório aberto. Ele consulta seus próprios endereços, como faria um cliente externo.',
  ngrBehaviours: 'Comportamentos de um repositório de nova geração',
  ngrBehavioursText:
    'Em 2017, a Confederação de Repositórios de Acesso Aberto (COAR) descreveu onze comportamentos que fazem de um repositório parte da web. É assim que o nó responde a cada um, e isto é o que encontrou ao consultar a si mesmo.',
  startedAt: (time) => `Consultado em ${time}.`,
  again:
    'Ele consulta de novo quando alguém pede depois de dez minutos. O que faz um proxy diante do nó não é visto.',
  running: 'O nó ainda está consultando. Recarregue esta página daqui a pouco.',
  summary: 'Resultados',
  extent: 'Neste nó',
  technologies: 'Tecnologias',
  shownAt: 'Veja você mesmo',
  checked: 'O que foi verificado',
  advice: 'O que fazer',
  outcomes: {
    passed: 'aprovada',
    failed: 'reprovada',
    inapplicable: 'não se aplica',
    untested: 'ainda não verificada',
  },
  extents: { whole: 'sim', partly: 'em parte', not: 'não neste nó' },
  obstacles: {
    'no-records': 'Ainda não há registros.',
    'no-identifiers': 'Nenhum dos registros mais recentes tem DOI ou handle.',
    'no-licences': 'Nenhum dos registros mais recentes indica uma licença.',
    'no-tombstones': 'Nenhum dos registros mais recentes foi retirado ou excluído.',
    'no-channel': 'Quem opera este nó desativou o distribuidor (hub).',
  },
  seen: {
    status: 'responde com o status HTTP',
    link: 'aponta como',
    'no-link': 'não tem nenhum link do tipo',
    has: 'informa',
    lacks: 'não informa',
    elsewhere: 'não é um endereço deste nó, ou não serve para uma verificação',
    slow: 'não respondeu a tempo; segundos de espera:',
  },
  share: (count, of) => `${count} de ${of} consultados têm:`,
  unreadable: 'não pôde ser lido:',

  behaviours: {
    'exposing-identifiers': {
      name: 'Expor os identificadores',
      asks: 'Os programas conseguem saber o identificador persistente de um recurso a partir dos endereços de suas páginas e arquivos.',
      does: 'Cada registro tem um endereço próprio e duradouro, e também é encontrado por seu identificador OAI. Sua página e seus dados apontam para o DOI ou o handle com que deve ser citado.',
    },
    'declaring-licences': {
      name: 'Declarar as licenças de cada recurso',
      asks: 'Os programas conseguem saber, de cada recurso, o que lhes é permitido fazer com ele.',
      does: 'A licença é normalizada para seu endereço, consta em todos os formatos do registro e é ligada a partir de sua página e de seus arquivos. O nó não inventa nenhuma: onde o repositório não dá licença, não há licença.',
    },
    'discovery-through-navigation': {
      name: 'Descoberta por navegação',
      asks: 'Os programas encontram metadados, arquivos e identificadores seguindo links, qualquer que seja o software do repositório.',
      does: 'Cada registro tem links tipados em seus cabeçalhos, em sua página e como conjunto de links. Um mapa do site lista todos os registros, e as páginas são HTML simples que um rastreador consegue seguir.',
    },
    'interacting-with-resources': {
      name: 'Interagir com os recursos',
      asks: 'Os recursos podem ser anotados, comentados e avaliados, onde quer que esteja a ferramenta de quem lê ou avalia.',
      does: 'Cada registro indica uma caixa de entrada. Avaliações, endossos e relações anunciados ali são mostrados com o registro depois que o gestor os aceita. Anotações de partes de um texto não são aceitas.',
    },
    'resource-transfer': {
      name: 'Transferência de recursos',
      asks: 'Os recursos podem passar de um sistema a outro, com seus metadados e em boa ordem.',
      does: 'Outros sistemas obtêm os registros um a um ou em pacotes, com somas de verificação, e ficam sabendo onde estão os arquivos. Depósitos não são aceitos: cabem ao repositório ao lado do qual o nó funciona.',
    },
    'batch-discovery': {
      name: 'Descoberta em lote',
      asks: 'Tudo o que um repositório contém, e o que mudou desde então, pode ser descoberto em lote.',
      does: 'Tudo pode ser coletado por OAI-PMH, como listas de recursos e de mudanças, e como pacotes completos.',
    },
    'collecting-and-exposing-activities': {
      name: 'Coletar e expor atividades',
      asks: 'O que acontece com um recurso, aqui e em outros lugares, é reunido e pode ser acompanhado por outros.',
      does: 'A caixa de entrada recebe notificações e as mostra. As mudanças são listadas dia a dia, comunicadas a quem as assinou e repassadas aos outros nós da rede. O nó não procura menções em outros lugares da web.',
    },
    'identification-of-users': {
      name: 'Identificação de usuários',
      asks: 'As pessoas são conhecidas por identificadores que valem em todos os sistemas.',
      does: 'Os autores são ligados pelo ORCID que o repositório lhes dá. Quem lê não tem conta aqui nem precisa dela.',
    },
    'authentication-of-users': {
      name: 'Autenticação de usuários',
      asks: 'As pessoas podem provar quem são com uma identidade que já têm.',
      does: 'Quem lê não tem onde entrar, e não há entrada por ORCID nem por OpenID Connect. O gestor é reconhecido por um token, e os outros nós por suas assinaturas.',
    },
    'exposing-usage-metrics': {
      name: 'Expor métricas de uso padronizadas',
      asks: 'O uso dos recursos é contado de uma só maneira e pode ser comparado entre repositórios.',
      does: 'Visualizações e downloads são contados sem robôs nem cliques duplos, e somados em toda a rede por mês e instituição. Relatórios pela API do COUNTER não são fornecidos aqui.',
    },
    'preserving-resources': {
      name: 'Preservar os recursos',
      asks: 'Os recursos podem ser mantidos a longo prazo, também por outros que não quem os publicou.',
      does: 'Os registros têm somas de verificação, podem ser levados em pacotes e são copiados por inteiro, assinados, pelos nós que seguem este; o que foi retirado deixa uma lápide. Os arquivos ficam no repositório: o nó não guarda cópias para preservação.',
    },
  },

  checks: {
    resolvesIdentifiers: {
      title: 'Um registro responde em seu endereço e é encontrado por seu identificador OAI.',
      advice: 'Veja se a URL base da configuração é aquela em que o nó é acessado.',
    },
    namesCitation: {
      title: 'A página de um registro aponta para o identificador com que é citado.',
      advice:
        'Veja os identificadores do registro com “ngr check”; se estiverem certos, relate como falha do software.',
    },
    namesLicences: {
      title: 'Pelo menos metade dos registros mais recentes indica uma licença.',
      advice:
        'Faça o repositório dar as licenças como endereços, por exemplo https://creativecommons.org/licenses/by/4.0/, em dc:rights ou license_ref.',
    },
    linksLicence: {
      title: 'A página de um registro aponta para sua licença.',
      advice: 'Veja a licença do registro com “ngr check”; se estiver certa, relate como falha do software.',
    },
    followsSignposts: {
      title: 'Da página de um registro, links levam a seus dados e de volta.',
      advice: 'Veja se um proxy ou a URL base muda os endereços nos links.',
    },
    followsSitemap: {
      title: 'De robots.txt, o mapa do site leva a um registro.',
      advice: 'Veja /robots.txt e a lista de recursos; “ngr status” diz se algum leitor está atrasado.',
    },
    followsPages: {
      title: 'Da página inicial, links levam à lista e dali a um registro.',
      advice: 'Veja se a URL base da configuração é aquela em que o nó é acessado.',
    },
    invitesReviews: {
      title: 'Um registro leva à sua caixa de entrada, e ela diz o que aceita.',
      advice: 'Veja /inbox/constraints e, com “ngr notifications”, se a caixa de entrada está cheia.',
    },
    transfersResource: {
      title: 'As listas de ResourceSync levam a um recurso com a soma de verificação certa.',
      advice:
        '“ngr status” diz se algum leitor está atrasado; então a lista é de um estado anterior. Senão, mande conferir os dados com uma cópia de segurança.',
    },
    listsRecords: {
      title: 'Um coletor lê por OAI-PMH uma página de registros sem defeito.',
      advice: 'Veja /oai?verb=ListRecords&metadataPrefix=oai_dc e o registro em que ela se interrompe.',
    },
    givesDump: {
      title: 'Um pacote completo pode ser obtido, também em partes.',
      advice: 'Veja se há espaço no disco, e veja /resourcesync/resourcedump.xml.',
    },
    showsNotifications: {
      title: 'O nó leva à sua caixa de entrada, e o que chegou pode ser lido.',
      advice: 'Veja /inbox e, com “ngr notifications”, o que chegou.',
    },
    showsChanges: {
      title: 'A lista de mudanças pode ser lida.',
      advice: 'Veja /resourcesync/changelist.xml; “ngr status” diz se algum leitor está atrasado.',
    },
    offersHub: {
      title: 'Quem quiser receber as mudanças encontra o distribuidor (hub) a quem pedi-las.',
      advice: 'Veja /resourcesync/capabilitylist.xml e /websub, e “websub” na configuração.',
    },
    namesAuthors: {
      title: 'Os registros identificam autores por ORCID, e uma página aponta para eles.',
      advice:
        'Faça o repositório dar os ORCIDs dos autores em seus metadados, de preferência em RIOXX, OpenAIRE ou DataCite.',
    },
    demandsToken: {
      title: 'O que é do gestor é negado a quem não tem o token.',
      advice: 'Tire o nó da rede imediatamente e veja o que há entre ele e seus leitores.',
    },
    showsTotals: {
      title: 'Os totais podem ser lidos e são a soma de seus meses e instituições.',
      advice: 'Veja /usage; relate como falha do software.',
    },
    takesUsage: {
      title: 'O contador para as páginas do próprio repositório está disponível.',
      advice: 'Veja se algo diante do nó recusa /tracker.',
    },
    givesChecksums: {
      title: 'Todos os recursos listados têm soma de verificação.',
      advice: 'Veja a lista de recursos; relate como falha do software.',
    },
    keepsTombstones: {
      title: 'O que foi retirado ou excluído é dado como desaparecido, com uma lápide.',
      advice: 'Retire de novo o registro com “ngr withdraw”; se persistir, relate como falha do software.',
    },
  },
};
