import { accessRights, accessRightUri, resourceTypes } from '../coar/index.ts';
import type { AccessRight } from '../record.ts';

/** A COAR resource type for people, in English; its URI where it has no label. */
export function typeLabel(uri: string): string {
  return resourceTypes.byUri(uri)?.labels.en ?? uri;
}

/** COAR's label for an access right, in English. */
export function accessLabel(right: AccessRight): string {
  return accessRights.byUri(accessRightUri(right))!.labels.en;
}
