import { findIdentifiers, normaliseIdentifier, type Refusal, refusalOf } from '../identifiers.ts';
import type { Identifier } from '../record.ts';
import type { RepairCode, RepairLog } from './repair.ts';

const codes: Readonly<Record<Refusal, RepairCode>> = {
  misspelt: 'IDENTIFIER_REFUSED',
  unregistered: 'HANDLE_UNREGISTERED',
  malformed: 'LINK_MALFORMED',
};

/** The identifier that a field names; `undefined` where it names none, which is told if it was meant to. */
export function cleanIdentifier(text: string, log: RepairLog): Identifier | undefined {
  const identifier = normaliseIdentifier(text);
  if (identifier === undefined) {
    const refusal = refusalOf(text);
    if (refusal !== undefined) log.add(codes[refusal], text, '');
  } else if (identifier.scheme === 'url' && !/^\s*https?:\/\/[^/]/i.test(text) && !/^\s*pmc/i.test(text)) {
    log.add('LINK_REPAIRED', text, identifier.value);
  }
  return identifier;
}

/** All identifiers that stand in a text, each once, in order; what looks like one and is none is told. */
export function identifiersIn(text: string, log: RepairLog): Identifier[] {
  return findIdentifiers(text, (written) => {
    const refusal = refusalOf(written);
    if (refusal !== undefined) log.add(codes[refusal], written, '');
  });
}
