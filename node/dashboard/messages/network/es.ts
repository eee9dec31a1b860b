import type { network as en } from './en.ts';

export const network: typeof en = {
  title: 'Red',
  text: 'Las instituciones con las que esta intercambia registros: quiénes son, si sus registros llegan y qué se les rechazó.',
  publicPage: 'La página pública',
  known: 'Nodos conocidos',
  connected: 'Conectados ahora',
  followed: 'Seguidos',
  records: 'Registros suyos aquí',
  troubled: 'Con problemas',
  forgive: 'Volver a confiar',
  forgiveText:
    'Solo después de que su responsable le haya explicado lo ocurrido: lo próximo que firme se tomará como su única historia.',
  forgiveOf: (name) => `Volver a confiar en ${name}`,
  problems: {
    PEER_NOT_QUARANTINED: 'Ya no está en cuarentena.',
    PEER_UNKNOWN: 'Ese nodo ya no se conoce aquí.',
  },
};
