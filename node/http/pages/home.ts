import { LDP_INBOX } from '../../../protocols/ldn/index.ts';
import type { InstitutionDocument } from '../../institution/index.ts';
import type { Institution } from '../peers/institutions.ts';
import type { HeldItem } from '../records/held-items.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import { institutionFacts } from './institution-facts.ts';
import { layout, logoImage, searchForm } from './layout.ts';
import { recordLine } from './record-line.ts';
import type { View } from './view.ts';

interface HomeData {
  counts: { own: number; others: number; works: number; clusters: number };
  latest: readonly HeldItem[];
  /** This node's own first. */
  institutions: readonly Institution[];
  /** What this node's own says of itself. */
  own: InstitutionDocument;
}

const INSTITUTIONS_SHOWN = 12;

/** The node's front page: what it is, what is in it, and the ways in for people and for software. */
export function homePage(view: View, data: HomeData): string {
  const { t, site } = view;
  const main = html` <div class="hero">
      ${view.logo && logoImage(view.logo, 'logo')}
      <h1>${site.name}</h1>
      <p class="lede">${t.front.lede(site.networks.join(', '))}</p>
      ${searchForm(view, { id: 'q', className: 'large' })}
    </div>
    ${figures(view, data.counts)}
    <div class="columns">
      <section aria-labelledby="latest">
        <h2 id="latest">${t.front.latest}</h2>
        ${
          data.latest.length === 0
            ? html`<p>${t.front.noRecords}</p>`
            : html`<ul class="records">
                  ${data.latest.map((item) => recordLine(view, item, { isHolderKnown: true }))}
                </ul>
                <p class="more"><a href="${view.link('/records')}">${t.front.allRecords}</a></p>`
        }
      </section>
      <div>
        ${ownInstitution(view, data.own)} ${institutionList(view, data.institutions)} ${forMachines(view)}
      </div>
    </div>`;
  const links = [{ href: `${site.base}/inbox`, rel: LDP_INBOX }];
  return layout(view, { title: site.name, main, hasData: true, hasSearch: true, links });
}

function figures(view: View, counts: HomeData['counts']): Html {
  const { front } = view.t;
  const rows: [number, string][] = [
    [counts.own, front.ownRecords],
    [counts.others, front.otherRecords],
    [counts.works, front.works],
    [counts.clusters, front.shared],
  ];
  return html`<section aria-labelledby="figures">
    <h2 id="figures" class="unseen">${front.figures}</h2>
    <dl class="figures">
      ${rows.map(
        ([n, label]) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${view.locale.number(n)}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

function ownInstitution(view: View, own: InstitutionDocument): HtmlValue {
  const facts = institutionFacts(view, own);
  if (facts === undefined) return undefined;
  return html`<section class="card" aria-labelledby="own">
    <h2 id="own">${view.t.institution.title}</h2>
    ${facts}
  </section>`;
}

function institutionList(view: View, institutions: readonly Institution[]): Html {
  const { front } = view.t;
  return html`<section class="card" aria-labelledby="network">
    <h2 id="network">${front.network}</h2>
    <ul class="plain">
      ${institutions.slice(0, INSTITUTIONS_SHOWN).map(
        ({ node, name, records, isSelf }) =>
          html`<li>
            <a href="${view.link('/records', { origin: node })}">${name}</a>
            <span class="aside">${isSelf && `${view.t.thisNode} · `}${front.recordCount(records)}</span>
          </li>`,
      )}
    </ul>
    ${institutions.length === 1 && html`<p>${front.alone}</p>`}
    <p class="more"><a href="${view.link('/peers')}">${front.allInstitutions}</a></p>
  </section>`;
}

function forMachines(view: View): Html {
  const { front } = view.t;
  const address = (path: string): string => view.action(path);
  const rows: [string, string][] = [
    [`${address('/')}?format=jsonld`, front.machineNode],
    [`${address('/records')}?format=jsonld`, front.machineRecords],
    [address('/.well-known/resourcesync'), front.machineSync],
    [address('/inbox'), front.machineInbox],
    [address('/.well-known/ngr-node'), front.machineIdentity],
    [address('/context.jsonld'), front.machineContext],
  ];
  return html`<section class="card" aria-labelledby="machines">
    <h2 id="machines">${front.machines}</h2>
    <p>${front.machinesText}</p>
    <ul class="plain">
      ${rows.map(([href, label]) => html`<li><a href="${href}">${label}</a></li>`)}
    </ul>
  </section>`;
}
