import type { institution as en } from './en.ts';

export const institution: typeof en = {
  title: 'Sobre esta institución',
  place: 'Lugar',
  ror: 'Identificador ROR',
  helpdesk: 'Ayuda',
  repositories: 'Repositorios',
};
