/** WebSub (W3C Recommendation, 23 January 2018): what a hub reads, asks and sends, and what a subscriber checks. */
export { discoverHub, topicLinks } from './discovery.ts';
export { distribute } from './distribution.ts';
export { WebSubError } from './errors.ts';
export { denySubscription, intentAddress, verifyIntent, type Verdict } from './intent.ts';
export { isSignedWith, SIGNATURE_METHODS, signatureOf } from './signature.ts';
export {
  FORM_TYPE,
  readSubscriptionRequest,
  sameTopic,
  type SubscriptionRequest,
} from './subscription-request.ts';
