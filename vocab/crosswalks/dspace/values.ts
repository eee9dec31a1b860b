/** One value of DSpace's metadata: schema, element and qualifier make its field, `dc.contributor.author`. */
export interface DSpaceValue {
  /** In lower case. */
  field: string;
  value: string;
  language?: string;
  /** Key of an authority record: `virtual::47`, an identifier, or something of the installation's own. */
  authority?: string;
}

/** What DSpace puts where the item has no value of its own. */
const placeholder = '#PLACEHOLDER_PARENT_METADATA_VALUE#';

/** The values of an item, by their fields. */
export class DSpaceValues {
  readonly #byField = new Map<string, DSpaceValue[]>();

  /** @param language a code; DSpace writes `none`, `*` and nothing where there is none */
  add(field: string, text: string, language: string, authority: string): void {
    const value = text.trim();
    if (value === '') return;
    const known = this.#byField.get(field);
    const added: DSpaceValue = {
      field,
      value,
      ...(/^[a-z]{2,3}(?:[_-]|$)/i.test(language) && { language }),
      ...(authority !== '' && { authority }),
    };
    if (known === undefined) this.#byField.set(field, [added]);
    else known.push(added);
  }

  get fields(): readonly string[] {
    return [...this.#byField.keys()];
  }

  /** The values of a field that say something. */
  of(field: string): readonly DSpaceValue[] {
    return this.inStep(field).filter(({ value }) => value !== placeholder);
  }

  /** The text of a value by its place in a list that runs beside others; the empty string where there is none. */
  at(field: string, place: number): string {
    const value = this.inStep(field)[place]?.value ?? '';
    return value === placeholder ? '' : value;
  }

  /** With those that keep a place only. */
  inStep(field: string): readonly DSpaceValue[] {
    return this.#byField.get(field) ?? [];
  }
}

/** A field's name from its parts; without a qualifier where that is empty or `none`. */
export function fieldName(schema: string, element: string, qualifier: string): string {
  const name = qualifier === '' ? `${schema}.${element}` : `${schema}.${element}.${qualifier}`;
  return name.toLowerCase().replace(/\.none$/, '');
}
