import { annex1Table } from './annex-1-table.ts';
import { policyElements, type PolicyElement } from './framework.ts';

/** What one institution stated: of each element that it has a policy on, the codes, of which there may be none. */
export type StatedElements = Partial<Readonly<Record<PolicyElement, readonly string[]>>>;

export interface SurveyedInstitution {
  /** The article's serial number, 1 to 51. */
  serial: number;
  name: string;
  elements: StatedElements;
  /** How many policies the article counts. It leaves out interoperability, which all have. */
  printedTotal: number;
}

/** The institutions of Annex 1, by serial number. */
export const surveyedInstitutions: readonly SurveyedInstitution[] = annex1Table
  .trim()
  .split('\n')
  .map((line) => {
    const [serial, name = '', ...cells] = line.split('\t');
    const elements: Partial<Record<PolicyElement, readonly string[]>> = {};
    for (const [i, element] of policyElements.entries()) {
      const cell = cells[i] ?? '';
      // `a1/a2, a4` are three codes; `√(Etds)` is none, with a remark.
      if (cell !== '')
        elements[element] = cell
          .split(/[,/]/)
          .map((code) => code.trim())
          .filter(isCode);
    }
    return { serial: Number(serial), name, elements, printedTotal: Number(cells.at(-1)) };
  });

function isCode(text: string): boolean {
  return /^[a-zIL]\d+$/.test(text);
}
