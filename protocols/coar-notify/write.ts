import type { JsonLdObject } from '../../vocab/json-ld/index.ts';
import type { Actor, CoarNotification, Resource, System } from './notification.ts';
import { patterns } from './patterns.ts';
import { AS_CONTEXT, asClass, COAR_CONTEXT, coarClass, isAsContext, isCoarContext } from './terms.ts';

/**
 * A notification as JSON-LD, as COAR Notify 1.0.1 writes it.
 * @param answered for an answer: the payload of the activity that it answers, which is its object
 */
export function writeCoarNotify(notification: CoarNotification, answered?: JsonLdObject): JsonLdObject {
  return { '@context': [AS_CONTEXT, COAR_CONTEXT], ...payload(notification, answered) };
}

/**
 * The payload of a notification without its context, to be put into an answer: as its sender wrote it, where it wrote in the
 * same terms.
 * @param document the notification as it came, parsed
 */
export function payloadWithin(document: unknown, notification: CoarNotification): JsonLdObject {
  if (typeof document !== 'object' || document === null || !('@context' in document))
    return payload(notification);
  const { '@context': context, ...rest } = document as JsonLdObject;
  const contexts: readonly unknown[] = [context].flat();
  const areUsual = contexts.every(
    (one) => typeof one === 'string' && (isAsContext(one) || isCoarContext(one)),
  );
  return areUsual && rest['id'] === notification.id ? rest : payload(notification);
}

function payload(notification: CoarNotification, answered?: JsonLdObject): JsonLdObject {
  const { pattern, id, actor, origin, target, object, context, inReplyTo, summary } = notification;
  const { activity, action } = patterns[pattern];
  return present({
    id,
    type: action === undefined ? activity : [activity, `coar-notify:${action}`],
    actor: actor === undefined ? undefined : party(actor),
    origin: party(origin),
    target: party(target),
    object: answered ?? resource(object),
    context: context === undefined ? undefined : resource(context),
    inReplyTo,
    summary,
  });
}

function party({ id, types, name, inbox }: Actor & System): JsonLdObject {
  return present({ id, type: shortTypes(types), name, inbox });
}

function resource({ id, types, name, citeAs, item, triple }: Resource): JsonLdObject {
  return present({
    id,
    type: shortTypes(types),
    name,
    'ietf:cite-as': citeAs,
    'ietf:item':
      item === undefined
        ? undefined
        : present({ id: item.id, type: shortTypes(item.types), mediaType: item.mediaType }),
    'as:subject': triple?.subject,
    'as:relationship': triple?.relationship,
    'as:object': triple?.object,
  });
}

function shortTypes(types: readonly string[]): string | string[] | undefined {
  const short = types.map((iri) => {
    const coar = coarClass(iri);
    if (coar !== undefined) return `coar-notify:${coar}`;
    return asClass(iri) ?? iri.replace(/^https?:\/\/schema\.org\//, 'sorg:');
  });
  return short.length <= 1 ? short[0] : short;
}

function present(object: JsonLdObject): JsonLdObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
