import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';

/*
 * A task in docs/tasks is a page for people that a test can follow. Its numbered steps are sentences of these forms:
 *
 *     Click **Harvests**.                        a link, a button, or what can be opened
 *     Click **Accept** in the row of “Title”.    where there are several
 *     Click the first **Not the same**.
 *     Write `theses` into **Find**.
 *     Tick **12 months for all subjects**.
 *     Choose `Restricted` in **Access**.
 *     You see “Withdrawn: 1.”
 *     You get the file `records.csv`.
 */

const forms: readonly {
  form: RegExp;
  isClick?: true;
  act: (page: Page, ...parts: string[]) => Promise<void>;
}[] = [
  {
    form: /^Click the first \*\*(.+)\*\*\.$/,
    isClick: true,
    act: (page, name) => active(page, name, false).first().click(),
  },
  {
    form: /^Click \*\*(.+)\*\* in the row of “(.+)”\.$/,
    isClick: true,
    act: (page, name, row) =>
      active(page.locator('tr, li').filter({ hasText: row }).last(), name, true)
        .first()
        .click(),
  },
  {
    form: /^Click \*\*(.+)\*\*\.$/,
    isClick: true,
    act: (page, name) => active(page, name, true).first().click(),
  },
  {
    form: /^Tick \*\*(.+)\*\*\.$/,
    isClick: true,
    act: (page, name) => page.getByLabel(name, { exact: true }).first().check(),
  },
  {
    form: /^Choose `(.+)` in \*\*(.+)\*\*\.$/,
    isClick: true,
    act: async (page, option = '', name = '') => {
      await page.getByLabel(name, { exact: true }).first().selectOption({ label: option });
    },
  },
  {
    form: /^Write `(.+)` into \*\*(.+)\*\*\.$/,
    act: (page, text = '', name = '') => page.getByLabel(name, { exact: true }).first().fill(text),
  },
  { form: /^You see “(.+)”\.?$/, act: (page, text = '') => page.getByText(text).first().waitFor() },
];

function active(within: Page | Locator, name = '', exact: boolean): Locator {
  const link = within.getByRole('link', { name, exact });
  return link
    .or(within.getByRole('button', { name, exact }))
    .or(within.locator('summary').filter({ hasText: name }));
}

export class Task {
  readonly title: string;
  readonly steps: readonly string[];

  private constructor(title: string, steps: readonly string[]) {
    this.title = title;
    this.steps = steps;
  }

  static async read(file: URL): Promise<Task> {
    const text = await readFile(file, 'utf8');
    const title = /^# (.+)$/m.exec(text)?.[1] ?? '';
    return new Task(
      title,
      [...text.matchAll(/^\d+\. (.+)$/gm)].map(([, step = '']) => step),
    );
  }

  /** How often something is clicked, ticked or chosen. */
  get clicks(): number {
    return this.steps.filter((step) => formOf(step).isClick).length;
  }

  /** Does what the page says, as it is written. */
  async follow(page: Page): Promise<void> {
    for (const [at, step] of this.steps.entries()) {
      const file = /^You get the file `(.+)`\.$/.exec(this.steps[at + 1] ?? '')?.[1];
      if (step.startsWith('You get the file')) continue;
      const download = file === undefined ? undefined : page.waitForEvent('download');
      const { form, act } = formOf(step);
      const [, ...parts] = form.exec(step) ?? [];
      await act(page, ...parts).catch((error: unknown) => {
        throw new Error(`“${step}” cannot be done at ${page.url()}`, { cause: error });
      });
      if (download !== undefined)
        expect((await download).suggestedFilename()).to.match(asPattern(file ?? ''));
    }
  }
}

/** A name of a file, in which `…` stands for what differs from time to time. */
function asPattern(name: string): RegExp {
  return new RegExp(
    `^${name
      .split('…')
      .map((part) => part.replaceAll('.', '\\.'))
      .join('[^/]+')}$`,
  );
}

function formOf(step: string): (typeof forms)[number] {
  if (step.startsWith('You get the file'))
    return { form: /^You get the file `(.+)`\.$/, act: () => Promise.resolve() };
  const form = forms.find(({ form }) => form.test(step));
  if (form === undefined) throw new Error(`no form of step: ${step}`);
  return form;
}
