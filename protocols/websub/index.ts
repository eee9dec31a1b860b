/** WebSub (W3C Recommendation, 23 January 2018): what a hub reads, asks and sends, and what a subscriber checks. */
export { discoverHub, topicLinks, type Discovered } from './discovery.ts';
export { distribute, type Content, type DistributionAnswer } from './distribution.ts';
export { WebSubError } from './errors.ts';
export { denySubscription, intentAddress, verifyIntent, type Intent, type Verdict } from './intent.ts';
export { isSignedWith, SIGNATURE_METHODS, signatureOf, type SignatureMethod } from './signature.ts';
export {
  FORM_TYPE,
  readSubscriptionRequest,
  sameTopic,
  type SubscriptionRequest,
} from './subscription-request.ts';
