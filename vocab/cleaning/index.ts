/** Cleaning of metadata values. Each function is pure but for the repairs that it takes down in a `RepairLog`. */
export { isCalendarDay } from './calendar.ts';
export { cleanDate } from './dates.ts';
export { foldedForm } from './folded-form.ts';
export { cleanIdentifier, identifiersIn } from './identifiers.ts';
export { grantAgreement, grantAgreementText } from './funding.ts';
export { isLanguageCode, languageTag } from './languages.ts';
export { licenceUri } from './licences.ts';
export { cleanAgents, isOrcid } from './names/index.ts';
export { remembered } from './remembered.ts';
export { type Repair, type RepairCode, RepairLog } from './repair.ts';
export { cleanText } from './text.ts';
