/** Why a notification is in its state: by code, what its manager reads. */
const reasons = {
  'unknown-origin': 'Its sender is none of the services that are configured.',
  'asks-first': 'Its sender is configured with the trust “ask”.',
  'unconfirmed-sender': 'It came from an address that is not known to be its sender’s.',
  'other-target': 'It is addressed to another system.',
  request: 'It asks for something, which a person has to decide.',
  'answered-tentatively': 'It was answered tentatively; a final answer is still to come.',
  'no-item': 'None of the items that it speaks of is held here.',
  'unknown-conversation': 'It speaks of a notification that is not known here.',
  'other-kind': 'It is none of the patterns of COAR Notify 1.0.1.',
  'by-rule': 'Accepted by rule: its sender is configured with the trust “accept”.',
  'by-manager': 'Decided by the manager.',
  'part-of-conversation': 'Taken as the next step of a conversation.',
  'by-sender': 'Taken back by its sender.',
  'to-be-sent': 'On its way.',
  'tried-again': 'It could not be delivered yet and is tried again.',
  arrived: 'Delivered.',
  'given-up': 'It was tried for days and given up.',
  refused: 'The receiver refused it.',
  'called-back': 'Called back by the manager before it arrived.',
  'not-sendable': 'It cannot be sent to that address.',
} as const;
export type ReasonCode = keyof typeof reasons;

/** A reason in words; of a code that only an earlier version knew, the code. */
export function reasonText(code: string): string {
  return (reasons as Readonly<Record<string, string>>)[code] ?? code;
}
