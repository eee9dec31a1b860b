import { may } from '../../accounts/index.ts';
import type { CheckName, PlanSReport, Report, Standing, Tally } from '../../assessment/index.ts';
import {
  html,
  METADATA_PROFILES,
  parametersOf,
  ruleSetName,
  sharePercent,
  type Html,
  type HtmlValue,
} from '../../http/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { dashboardLayout } from './layout.ts';

interface AssessmentsData {
  /** The latest look of the node at itself. */
  behaviours: Report<CheckName> | undefined;
  metadata: Standing;
  planS: PlanSReport;
}

/** As many as can be mended next. */
const MOST_FAILING = 3;

/** The four assessments: how much of each is met, and what fails first. */
export function assessmentsPage(visit: Visit, data: AssessmentsData): string {
  const { view, who } = visit;
  const { assessments: words } = messagesIn(view.locale.language);
  const main = html`<h1>${words.title}</h1>
    <p class="lede">${words.text}</p>
    ${planSPart(visit, data.planS)}
    ${METADATA_PROFILES.map((profiles) => metadataPart(visit, profiles, data.metadata))}
    ${behavioursPart(visit, data.behaviours)}`;
  return dashboardLayout(view, who, { title: words.title, main });
}

interface Part {
  id: string;
  name: string;
  path: string;
  figures: HtmlValue;
  /** What fails first, one a line. */
  failing: readonly Html[] | undefined;
  more?: HtmlValue;
}

function part({ view }: Visit, { id, name, path, figures, failing, more }: Part): Html {
  const { assessments: words } = messagesIn(view.locale.language);
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${name}</h2>
    ${figures}
    ${
      failing !== undefined &&
      html`<h3>${words.first}</h3>
        ${
          failing.length === 0
            ? html`<p>${words.nothing}</p>`
            : html`<ul class="plain">
                ${failing.slice(0, MOST_FAILING).map((one) => html`<li>${one}</li>`)}
              </ul>`
        }`
    }
    ${more}
    <p>
      <a href="${view.link(path)}">${words.whole}<span class="unseen">: ${name}</span></a> ·
      <a href="${view.link(path, { format: 'csv' })}">${words.csv}<span class="unseen">: ${name}</span></a>
    </p>
  </section>`;
}

function planSPart(visit: Visit, { requirements }: PlanSReport): Html {
  const { view, who } = visit;
  const { t, locale } = view;
  const { assessments: words } = messagesIn(locale.language);
  const share = (weight: 'mandatory' | 'recommended'): Html => {
    const those = requirements.filter(({ requirement }) => requirement.weight === weight);
    const met = those.filter(({ outcome }) => outcome === 'met' || outcome === 'declared').length;
    return figure(words[weight], shareText(visit, met, those.length));
  };
  const criteria = requirements.flatMap((result) => result.criteria);
  const failing = criteria
    .filter(({ outcome }) => outcome === 'not-met')
    .map(
      ({ criterion: { id } }) =>
        html`<a href="${view.link('/assessments/plan-s')}#${id}">${t.planS.criteria[id].title}</a>
          <span class="aside">${t.planS.criteria[id].advice}</span>`,
    );
  const stale = criteria.filter(({ isStale }) => isStale).length;
  return part(visit, {
    id: 'plan-s',
    name: t.planS.name,
    path: '/assessments/plan-s',
    figures: html`<dl class="figures">${share('mandatory')} ${share('recommended')}</dl>`,
    failing,
    more: html`${stale > 0 && html`<p class="warning">${words.stale(locale.number(stale))}</p>`}
      <p><a href="${view.link('/assessments/plan-s/records')}">${t.planS.recordsLink}</a></p>
      ${
        may(who.person.role, 'settings') &&
        html`<p><a href="${view.link('/dashboard/assessments/plan-s')}">${words.declare}</a></p>`
      }`,
  });
}

function metadataPart(visit: Visit, profiles: (typeof METADATA_PROFILES)[number], standing: Standing): Html {
  const { view } = visit;
  const { t, locale } = view;
  const { assessments: words } = messagesIn(locale.language);
  const [usual] = profiles.ruleSets;
  const failing = usual.demands
    .filter(({ isDecisive }) => isDecisive)
    .map(({ rule }) => ({ rule, failed: standing.tally(rule.id).failed }))
    .filter(({ failed }) => failed > 0)
    .toSorted((one, other) => other.failed - one.failed)
    .map(
      ({ rule, failed }) =>
        html`<span lang="en">${rule.title}</span>
          <a href="${view.link(profiles.path, { ...parametersOf(profiles, usual), failing: rule.id })}"
            >${words.fails(locale.number(failed))}</a
          >
          <span class="aside" lang="en">${rule.remedy}</span>`,
    );
  const name = t.metadataAssessment.names[profiles.name];
  return part(visit, {
    id: profiles.name,
    name,
    path: profiles.path,
    figures: html`<div class="scroll" role="region" aria-label="${words.records}: ${name}" tabindex="0">
      <table>
        <caption class="unseen">
          ${words.records}
        </caption>
        <tbody>
          ${profiles.ruleSets.map((ruleSet) => {
            const version = ruleSetName({ profiles, ruleSet }, t.metadataAssessment);
            const parameters = parametersOf(profiles, ruleSet);
            return html`<tr>
              <th scope="row"><a href="${view.link(profiles.path, parameters)}">${version}</a></th>
              <td>${tallyText(visit, standing.tally(ruleSet.id))}</td>
              <td>
                <a href="${view.link(profiles.path, { ...parameters, format: 'csv' })}"
                  >CSV<span class="unseen">: ${version}</span></a
                >
              </td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`,
    failing,
  });
}

function behavioursPart(visit: Visit, report: Report<CheckName> | undefined): Html {
  const { t } = visit.view;
  const { assessments: words } = messagesIn(visit.view.locale.language);
  const verdicts = [...(report?.verdicts ?? [])];
  const passed = verdicts.filter(([, { outcome }]) => outcome === 'passed').length;
  const failed = verdicts.filter(([, { outcome }]) => outcome === 'failed');
  return part(visit, {
    id: 'ngr-behaviours',
    name: t.assessments.ngrBehaviours,
    path: '/assessments/ngr-behaviours',
    figures:
      report === undefined
        ? html`<p>${words.notYet}</p>`
        : html`<dl class="figures">
            ${figure(words.checks, shareText(visit, passed, passed + failed.length))}
          </dl>`,
    failing:
      report === undefined
        ? undefined
        : failed.map(
            ([check]) =>
              html`${t.assessments.checks[check].title}
                <span class="aside">${t.assessments.checks[check].advice}</span>`,
          ),
  });
}

function tallyText(visit: Visit, { passed, failed }: Tally): string {
  return shareText(visit, passed, passed + failed);
}

function shareText({ view: { locale } }: Visit, passed: number, of: number): string {
  const { assessments: words } = messagesIn(locale.language);
  if (of === 0) return '–';
  return words.share(sharePercent(locale, passed / of), locale.number(passed), locale.number(of));
}

function figure(label: string, value: string): Html {
  return html`<div>
    <dt>${label}</dt>
    <dd>${value}</dd>
  </div>`;
}
