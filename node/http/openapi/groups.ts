/** The parts of the API in the order in which they are told, by the names that OpenAPI's tags have. */
export const operationGroups = {
  node: 'The node at a glance.',
  records: 'The institution’s own records: listed, withdrawn, reinstated, harvested anew.',
  harvest: 'Harvests of the sources.',
  imports: 'Files that are handed to the node as a source.',
  issues: 'What is wrong with the sources and their records.',
  duplicates: 'Records that may be of one work, and what is said of them.',
  related: 'What does not belong among the related items of a record.',
  notifications: 'What came by the inbox and what goes out (Linked Data Notifications, COAR Notify).',
  subscriptions: 'Who is told of changes, by notification or by WebSub.',
  network: 'The other nodes.',
  usage: 'Use of the records: figures, reports, logs and imports of such.',
  assessments: 'What the node is held against.',
  policy: 'The institution’s open access policy.',
  institution: 'What the node says of the institution.',
  account: 'One’s own account.',
  people: 'Who works with the node, and who did what.',
  public: 'What anybody can read. Each has a page for people at the same address.',
} as const;
export type OperationGroup = keyof typeof operationGroups;
