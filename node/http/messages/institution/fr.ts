import type { institution as en } from './en.ts';

export const institution: typeof en = {
  title: 'À propos de cet établissement',
  place: 'Lieu',
  ror: 'Identifiant ROR',
  helpdesk: 'Aide',
  repositories: 'Archives ouvertes',
};
