import { resourceTypes } from '../../coar/index.ts';

const generalTypes: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    c_18cf: 'literature',
    c_ddb1: 'dataset',
    c_5ce6: 'software',
  }),
);

/** resourceTypeGeneral: the widest concept above a COAR resource type, in OpenAIRE's words. */
export function generalTypeOf(type: string | undefined): string {
  let widest = type === undefined ? undefined : resourceTypes.byUri(type);
  for (let wider = widest; wider !== undefined;) {
    widest = wider;
    wider = wider.broader === undefined ? undefined : resourceTypes.byUri(wider.broader);
  }
  const id = widest?.uri.slice(widest.uri.lastIndexOf('/') + 1) ?? '';
  return generalTypes.get(id) ?? 'other research product';
}
