import type { network as en } from './en.ts';

export const network: typeof en = {
  title: 'Réseau',
  text: 'Les établissements avec lesquels celui-ci échange des notices : qui ils sont, si leurs notices arrivent et ce qui leur a été refusé.',
  publicPage: 'La page publique',
  known: 'Nœuds connus',
  connected: 'Connectés en ce moment',
  followed: 'Suivis',
  records: 'Leurs notices présentes ici',
  troubled: 'Avec des problèmes',
  forgive: 'Refaire confiance',
  forgiveText:
    'Seulement après que son exploitant vous a dit ce qui s’est passé : ce qu’il signera ensuite sera pris pour sa seule histoire.',
  forgiveOf: (name) => `Refaire confiance à ${name}`,
  problems: {
    PEER_NOT_QUARANTINED: 'Il n’est plus en quarantaine.',
    PEER_UNKNOWN: 'Ce nœud n’est plus connu ici.',
  },
};
