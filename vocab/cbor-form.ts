import { encodeCanonical } from './canonical-cbor.ts';
import { FormError, type CborReader } from './cbor-reader.ts';

/**
 * What an item of canonical DAG-CBOR has to be: reads it, and throws FormError where it is not. Forms are put together as the
 * record's schema is, and hold its bytes against it without building a value.
 */
export type Form = (reader: CborReader) => void;

/** @param most of characters (Unicode code points) */
export function text(most: number): Form {
  return (reader) => reader.skipText(most);
}

export function wholeNumber({ min = -Infinity, max = Infinity } = {}): Form {
  return (reader) => {
    const n = reader.integer();
    if (n < min || n > max) throw new FormError(`${n} is out of bounds`);
  };
}

export function oneOf(values: readonly string[]): Form {
  const encoded = values.map(encodeCanonical);
  return (reader) => {
    if (!encoded.some((value) => reader.skipIf(value))) throw new FormError('none of the values allowed');
  };
}

export function listOf(item: Form, { most }: { most: number }): Form {
  return (reader) => {
    const length = reader.array();
    if (length > most) throw new FormError(`more than ${most}`);
    for (let i = 0; i < length; i++) at(i, item, reader);
  };
}

/** An object with these properties and no others. */
export function object(required: Record<string, Form>, optional: Record<string, Form> = {}): Form {
  const fields = new Fields(required, optional);
  return (reader) => {
    fields.read(reader);
  };
}

interface Field {
  name: string;
  encoded: Uint8Array;
  isRequired: boolean;
  form: Form;
}

/** The properties of an object, in the canonical order of their names. */
export class Fields {
  readonly #fields: readonly Field[];

  constructor(required: Record<string, Form>, optional: Record<string, Form> = {}) {
    const field = ([name, form]: [string, Form], isRequired: boolean): Field => ({
      name,
      encoded: encodeCanonical(name),
      isRequired,
      form,
    });
    // The bytes of an encoded name begin with its length, so their order is the canonical one.
    this.#fields = [
      ...Object.entries(required).map((entry) => field(entry, true)),
      ...Object.entries(optional).map((entry) => field(entry, false)),
    ].sort((a, b) => Buffer.compare(a.encoded, b.encoded));
  }

  /** @param onValue called before each value is read, with the reader at its place */
  read(reader: CborReader, onValue?: (name: string, at: number) => void): void {
    let next = 0;
    for (let left = reader.map(); left > 0; left--) {
      let field = this.#fields[next++];
      while (field !== undefined && !reader.skipIf(field.encoded)) {
        if (field.isRequired) throw new FormError(`${field.name} is missing, or out of order`);
        field = this.#fields[next++];
      }
      if (field === undefined) throw new FormError('a property that is not known, or out of order');
      onValue?.(field.name, reader.at);
      at(field.name, field.form, reader);
    }
    for (; next < this.#fields.length; next++) {
      const field = this.#fields[next];
      if (field?.isRequired === true) throw new FormError(`${field.name} is missing`);
    }
  }
}

function at(place: string | number, form: Form, reader: CborReader): void {
  try {
    form(reader);
  } catch (error) {
    if (error instanceof FormError) error.path.unshift(place);
    throw error;
  }
}
