import { isObject } from '../json-values.ts';
import { knownValue, type Property } from './property.ts';

/** What the REST API calls otherwise than the XML schema. */
const names: Readonly<Record<string, string>> = {
  creatorName: 'name',
  contributorName: 'name',
  resourceType: 'types',
};

/**
 * A property as JSON (DataCite REST API): lists are arrays in the plural, attributes are members, and a property's own
 * value is the member with its name: `{ "titles": [{ "title": "…", "titleType": "Subtitle" }] }`.
 */
export class JsonProperty implements Property {
  readonly #value: unknown;
  readonly #name: string;

  /** @param name the property's, in the singular */
  constructor(value: unknown, name: string) {
    this.#value = value;
    this.#name = name;
  }

  get text(): string {
    if (!isObject(this.#value)) return plain(this.#value);
    for (const own of [this.#name, 'name', 'value']) {
      const text = plain(this.#value[own]);
      if (text !== '') return text;
    }
    return '';
  }

  get language(): string | undefined {
    return this.get('lang') || this.get('xml:lang') || undefined;
  }

  get isPlain(): boolean {
    return !isObject(this.#value);
  }

  get(name: string): string {
    return this.all(name)[0]?.text ?? '';
  }

  all(name: string): readonly Property[] {
    const value =
      this.#member(`${name}s`) ?? this.#member(`${name}List`) ?? this.#member(names[name] ?? name);
    if (value === undefined || value === null) return [];
    return (Array.isArray(value) ? value : [value]).map((each) => new JsonProperty(each, name));
  }

  /** A member by its name, in whatever case: `rightsURI` is `rightsUri` in JSON. */
  #member(name: string): unknown {
    const value = this.#value;
    if (!isObject(value)) return undefined;
    if (Object.hasOwn(value, name)) return value[name];
    for (const written in value) {
      if (written.length === name.length && written.toLowerCase() === name.toLowerCase())
        return value[written];
    }
    return undefined;
  }
}

function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? knownValue(String(value)) : '';
}
