import { z } from 'zod';

/** A byte string of DAG-CBOR. */
export const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'not bytes');

/** A place in a feed; 0: before the first. */
export const placeSchema = z
  .number()
  .int()
  .nonnegative()
  .max(2 ** 48 - 1);

/** A message as its schema has it. @param refused makes the error of the protocol from what is wrong with it */
export function checkedMessage<T>(
  schema: z.ZodType<T>,
  value: unknown,
  refused: (problem: string | undefined) => Error,
): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw refused(result.error.issues[0]?.message);
}
