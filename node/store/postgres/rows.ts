export interface Query {
  text: string;
  values?: readonly (Buffer | string)[];
  /** Prepared under this name, once a connection. */
  name?: string;
}

/** What `pg` is asked for: rows without the names of their columns. Columns of bytes come as a Buffer. */
export function asArrays({ text, values = [], name }: Query): {
  text: string;
  values: (Buffer | string)[];
  rowMode: 'array';
} {
  return { text, values: [...values], rowMode: 'array', ...(name !== undefined && { name }) };
}

export type KeyRow = [key: Buffer];
export type EntryRow = [key: Buffer, value?: Buffer];
