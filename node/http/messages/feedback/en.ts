/** What is said where readers tell that a suggestion does not belong, in English. */
export const feedback = {
  notRelevant: 'Not relevant',
  /** Begins with the words of the button, which it describes. */
  notRelevantItem: (title: string) => `Not relevant: ${title}`,
  noted: (title: string) => `Thank you. It was noted that “${title}” is not relevant.`,
  notedText: 'It is left out for everybody when several readers agree.',
  notSent: 'That could not be sent. Please try again later.',
  back: 'Back to the record',
  from: (node: string) => `Suggested by ${node}`,
  why: (reasons: string) => `Why: ${reasons}`,
};
