import type { JsonObject } from './crosswalk.ts';

/*
 * Values of JSON from outside, of which nobody promises the type: a text may come as a number, one value for a list of
 * them. What has another shape than is asked for is not there.
 */

/** Of one list. A record has fewer; beyond that somebody means harm. */
const mostValues = 10_000;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The texts in a value or list, without those that are empty. */
export function textsOf(value: unknown): string[] {
  return listOf(value).flatMap((one) => {
    if (typeof one === 'number' && Number.isFinite(one)) return [String(one)];
    return typeof one === 'string' && one.trim() !== '' ? [one.trim()] : [];
  });
}

/** The first text; the empty one where there is none. */
export function textOf(value: unknown): string {
  return textsOf(value)[0] ?? '';
}

export function objectsOf(value: unknown): JsonObject[] {
  return listOf(value).filter(isObject);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, mostValues) : [value];
}
