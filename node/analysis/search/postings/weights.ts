/** The fields that a word may be in, a bit each in a posting's weight; their order is also that of the positions. */
export const fields = { title: 1, author: 2, subject: 4, abstract: 8 } as const;
export type Field = keyof typeof fields;
export const ALL_FIELDS = 15;
const FIELD_BITS = 4;

/** How often a term is in a document's content (title, abstract, subjects; weighted), and which fields have it. */
export const packWeight = (content: number, inFields: number): number => (content << FIELD_BITS) | inFields;
export const contentOf = (weight: number): number => weight >>> FIELD_BITS;
export const fieldsOf = (weight: number): number => weight & ALL_FIELDS;
/** Whether it is among the names of the creators. */
export const isOfCreators = (weight: number): boolean => (weight & fields.author) !== 0;
