import { may } from '../../accounts/index.ts';
import { html, institutionFacts, logoImage, type Html, type HtmlValue } from '../../http/index.ts';
import {
  MOST_REPOSITORIES,
  NAME_LANGUAGES,
  registries,
  type InstitutionDefaults,
  type InstitutionDocument,
  type Logo,
} from '../../institution/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn, type DashboardMessages } from '../messages/index.ts';
import { described, field, notes, textArea, tick, type Field } from './field.ts';
import {
  nameField,
  repositoryField,
  repositoryFields,
  type TypedInstitution,
  type TypedRepository,
} from './institution-form.ts';
import { dashboardLayout, formToken } from './layout.ts';

export interface InstitutionData {
  document: InstitutionDocument;
  defaults: InstitutionDefaults;
  logo: Logo | undefined;
  /** Of what stands in the form. */
  version: number;
  typed: TypedInstitution;
  /** What is wrong in the form, by the names of fields; that of the logo under `logo`. */
  faults?: ReadonlyMap<string, string>;
  /** Whether the repositories stand there as an offer. */
  isOffer: boolean;
  done?: 'saved' | 'uploaded';
}

const LONGEST_LINE = 200;
const LONGEST_ADDRESS = 2_000;
const none: ReadonlyMap<string, string> = new Map();

/** What the institution says of itself: as a form for who may change it, for others as it is shown. */
export function institutionPage(visit: Visit, data: InstitutionData): string {
  const { view, who } = visit;
  const { institution: words } = messagesIn(view.locale.language);
  const main = html`<h1>${words.title}</h1>
    <p class="lede">${words.text}</p>
    ${data.done !== undefined && html`<p class="notice" role="status">${words[data.done]}</p>`}
    <p><a href="${view.link('/')}">${words.see}</a></p>
    ${
      may(who.person.role, 'settings')
        ? html`${descriptionForm(visit, data)} ${logoForms(visit, data)}`
        : html`<h2>${view.site.name}</h2>
            ${view.logo && logoImage(view.logo, 'logo')} ${institutionFacts(view, data.document)}`
    }`;
  return dashboardLayout(view, who, { title: words.title, main });
}

function descriptionForm({ view, who }: Visit, data: InstitutionData): Html {
  const { institution: words } = messagesIn(view.locale.language);
  const { typed, version, faults = none, defaults } = data;
  const { single, names, repositories } = typed;
  const country = view.site.location?.country;
  const configured = (value: string | undefined): string | undefined =>
    value === undefined ? undefined : words.configured(value);
  const reachHint = (value: string | undefined): string =>
    [words.reachHint, configured(value)].filter((hint) => hint !== undefined).join(' ');
  const isMore = repositories.length < MOST_REPOSITORIES;
  const wrong = [...faults.keys()].filter((name) => name !== 'logo').length;
  return html`<form class="sheet" method="post" action="${view.link('/dashboard/institution')}" novalidate>
    ${formToken(who)}
    <input type="hidden" name="version" value="${version}" />
    ${wrong > 0 && html`<p class="warning" role="alert">${words.refused(view.locale.number(wrong))}</p>`}
    <fieldset>
      <legend>${words.who}</legend>
      ${entry('name', words.name, single.name, faults, { hint: words.configured(defaults.name) })}
      ${NAME_LANGUAGES.map((language) => entry(nameField(language), words.names[language], names[language], faults))}
      <p class="aside">${words.namesText}</p>
      ${textArea({
        id: 'description',
        label: words.description,
        value: single.description,
        maxlength: 2_000,
        fault: faults.get('description'),
      })}
      ${entry('ror', words.ror, single.ror, faults, { hint: words.rorHint })}
      ${entry('region', words.region, single.region, faults, {
        hint: country === undefined ? words.noCountry : words.regionHint(view.locale.countryName(country)),
        maxlength: 100,
      })}
    </fieldset>
    <fieldset>
      <legend>${words.reach}</legend>
      ${entry('contact', words.contact, single.contact, faults, {
        hint: reachHint(defaults.contact),
        maxlength: LONGEST_ADDRESS,
      })}
      ${entry('helpdesk', words.helpdesk, single.helpdesk, faults, {
        hint: words.reachHint,
        maxlength: LONGEST_ADDRESS,
      })}
    </fieldset>
    ${data.isOffer && html`<p>${words.offered}</p>`}
    ${notes('repositories', { fault: faults.get('repositories') })}
    ${repositories.map((repository, row) => repositoryEntry(words, { row, repository, faults }))}
    ${isMore && repositoryEntry(words, { row: repositories.length, repository: undefined, faults })}
    <button>${words.save}</button>
  </form>`;
}

function entry(
  id: string,
  label: string,
  value: string,
  faults: ReadonlyMap<string, string>,
  more: Partial<Field> = {},
): Html {
  const fault = faults.get(id);
  return field({ id, label, value, fault, isRequired: false, maxlength: LONGEST_LINE, ...more });
}

/** One repository; the last one is empty, for another. */
function repositoryEntry(
  words: DashboardMessages['institution'],
  {
    row,
    repository,
    faults,
  }: { row: number; repository: TypedRepository | undefined; faults: ReadonlyMap<string, string> },
): Html {
  const labels: Readonly<Record<(typeof repositoryFields)[number], Partial<Field> & { label: string }>> = {
    name: { label: words.repositoryName },
    url: { label: words.url, type: 'url', maxlength: LONGEST_ADDRESS },
    platform: { label: words.platform, hint: words.platformHint, maxlength: 100 },
    oaiBaseUrl: { label: words.oaiBaseUrl, type: 'url', maxlength: LONGEST_ADDRESS },
    opendoar: { label: words.idIn(registries.opendoar.name), hint: words.idHint },
    roar: { label: words.idIn(registries.roar.name), hint: words.idHint },
    re3data: { label: words.idIn(registries.re3data.name), hint: words.idHint },
  };
  const remove = repositoryField(row, 'remove');
  return html`<fieldset>
    <legend>${repository === undefined ? words.another : words.repository(repository.name)}</legend>
    ${repository === undefined && html`<p class="aside">${words.anotherText}</p>`}
    ${repositoryFields.map((name) => {
      const { label, ...more } = labels[name];
      return entry(repositoryField(row, name), label, repository?.[name] ?? '', faults, more);
    })}
    ${repository !== undefined && tick({ id: remove, name: remove, label: words.remove })}
  </fieldset>`;
}

function logoForms({ view, who }: Visit, { logo, faults = none }: InstitutionData): Html {
  const { institution: words } = messagesIn(view.locale.language);
  const fault = faults.get('logo');
  const hint = words.logoText;
  return html`<section aria-labelledby="logo-title">
    <h2 id="logo-title">${words.logo}</h2>
    ${shownLogo(view, words)}
    <form
      class="sheet"
      method="post"
      enctype="multipart/form-data"
      action="${view.link('/dashboard/institution/logo')}"
    >
      ${formToken(who)}
      <p class="form-field">
        <label for="logo">${words.file}</label>
        <input
          id="logo"
          name="logo"
          type="file"
          accept="image/png,image/jpeg,image/webp"
          required
          ${described('logo', { hint, fault })}
        />
        ${notes('logo', { hint, fault })}
      </p>
      <button>${words.upload}</button>
    </form>
    ${
      logo !== undefined &&
      html`<form method="post" action="${view.link('/dashboard/institution/logo/remove')}">
        ${formToken(who)}
        <button class="quiet">${words.removeLogo}</button>
      </form>`
    }
  </section>`;
}

function shownLogo({ logo }: Visit['view'], words: DashboardMessages['institution']): HtmlValue {
  if (logo === undefined) return html`<p>${words.noLogo}</p>`;
  const { src, width, height } = logo;
  return html`<p>
    <img class="logo" src="${src}" width="${width}" height="${height}" alt="${words.logoNow}" />
  </p>`;
}
