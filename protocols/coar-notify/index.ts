/** COAR Notify 1.0.1 (coar-notify.net): its patterns, what each demands, and the conversations that they make. */
export type { Violation } from './check.ts';
export { constraintsToJsonLd } from './constraints.ts';
export { afterMove, type ConversationState, possibleMoves, type Side } from './conversation.ts';
export { CoarNotifyError } from './errors.ts';
export type { Actor, CoarNotification, Resource, System } from './notification.ts';
export { PATTERNS, patterns, type PatternName, type Role } from './patterns.ts';
export { readCoarNotify } from './read.ts';
export { type Kind, type Part, type Shape, shapes } from './shapes.ts';
export { AS, AS_CONTEXT } from './terms.ts';
export { payloadWithin, writeCoarNotify } from './write.ts';
