import type { network as en } from './en.ts';

export const network: typeof en = {
  title: 'Rede',
  text: 'As instituições com as quais esta troca registos: quem são, se os seus registos chegam e o que lhes foi recusado.',
  publicPage: 'A página pública',
  known: 'Nós conhecidos',
  connected: 'Ligados agora',
  followed: 'Seguidos',
  records: 'Registos deles aqui',
  troubled: 'Com problemas',
  forgive: 'Voltar a confiar',
  forgiveText:
    'Só depois de o responsável lhe ter explicado o que aconteceu: o que assinar a seguir é tomado como a sua única história.',
  forgiveOf: (name) => `Voltar a confiar em ${name}`,
  problems: {
    PEER_NOT_QUARANTINED: 'Já não está em quarentena.',
    PEER_UNKNOWN: 'Esse nó já não é conhecido aqui.',
  },
};
