/** What the page of the network says, in English. */
export const network = {
  title: 'Network',
  text: 'The institutions whose records are exchanged with this one: who they are, whether their records come through, and what was refused of them.',
  publicPage: 'The public page',
  known: 'Nodes known',
  connected: 'Connected now',
  followed: 'Followed',
  records: 'Their records held here',
  troubled: 'With problems',
  forgive: 'Trust it again',
  forgiveText:
    'Only after its operator has told you what happened: what it signs next is taken as its one history.',
  forgiveOf: (name: string) => `Trust ${name} again`,
  problems: {
    PEER_NOT_QUARANTINED: 'It is not in quarantine any more.',
    PEER_UNKNOWN: 'No such node is known here any more.',
  } as Readonly<Record<string, string>>,
};
