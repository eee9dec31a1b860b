/** What somebody may do: each page and each address of the API asks for one of these. */
export const rights = [
  /** Everything that the dashboard shows. */
  'see',
  /** Tables of it, and reports. */
  'export',
  /** What is said of notifications, duplicates, feedback and peers. */
  'decide',
  'withdraw',
  'harvest',
  'policy',
  'settings',
  'people',
  /** The log of who did what. */
  'audit',
] as const;
export type Right = (typeof rights)[number];

/** As the CORE dashboard names them: who sees, who acts, who decides about the node and its people. */
export const roles = ['standard', 'advanced', 'administrator'] as const;
export type Role = (typeof roles)[number];

const rightsOf: Readonly<Record<Role, readonly Right[]>> = {
  standard: ['see'],
  advanced: ['see', 'export', 'decide', 'withdraw', 'harvest', 'audit'],
  administrator: rights,
};

export function may(role: Role, right: Right): boolean {
  return rightsOf[role].includes(right);
}
