import type { institution as en } from './en.ts';

export const institution: typeof en = {
  title: 'Sobre esta instituição',
  place: 'Lugar',
  ror: 'Identificador ROR',
  helpdesk: 'Ajuda',
  repositories: 'Repositórios',
};
