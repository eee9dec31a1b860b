export { surveyedInstitutions, type StatedElements, type SurveyedInstitution } from './annex-1.ts';
export { countElements, type ElementCount } from './comparison.ts';
export {
  elementLabels,
  elementOfCode,
  policyCodes,
  policyElements,
  type PolicyCode,
  type PolicyElement,
} from './framework.ts';
export { policySchema, statedElements, type Policy, type StatedElement } from './policy.ts';
export { policyFromJsonLd, policyToJsonLd, type PublishedPolicy } from './policy-json-ld.ts';
