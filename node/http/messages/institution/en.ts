/** What the pages say of the institution that the node belongs to, in English. */
export const institution = {
  title: 'About this institution',
  place: 'Place',
  ror: 'ROR id',
  helpdesk: 'Help',
  repositories: 'Repositories',
};
