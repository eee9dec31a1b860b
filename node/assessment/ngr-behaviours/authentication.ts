import type { Check } from '../check.ts';
import { CheckFailed } from '../errors.ts';

const PATH = '/api/status';

/** What is the manager's is refused to whoever brings no token, or a wrong one (RFC 6750, section 3). */
export const demandsToken: Check = async (visitor) => {
  const without = await visitor.expect(401, PATH);
  const { address } = without;
  const challenge = without.headers.get('www-authenticate') ?? '';
  if (!/^bearer\b/i.test(challenge)) {
    throw new CheckFailed({ kind: 'lacks', address, what: 'WWW-Authenticate: Bearer' });
  }
  await visitor.expect(401, PATH, { headers: { authorization: 'Bearer not-the-token' } });
  return [
    { kind: 'status', address, status: 401 },
    { kind: 'has', address, what: `WWW-Authenticate: ${challenge}` },
  ];
};
