import type { Operation } from '../../openapi/index.ts';
import { accountOperations } from './account.ts';
import { assessmentOperations } from './assessments.ts';
import { backupOperations } from './backup.ts';
import { contentOperations } from './content.ts';
import { duplicateOperations } from './duplicates.ts';
import { harvestOperations } from './harvest.ts';
import { importOperations } from './imports.ts';
import { institutionOperations } from './institution.ts';
import { issueOperations } from './issue-operations.ts';
import { notificationOperations } from './notification-operations.ts';
import { peerOperations } from './peers.ts';
import { peopleOperations } from './people.ts';
import { policyOperations } from './policy.ts';
import { recordOperations } from './records.ts';
import { relatedFeedbackOperations } from './related-feedback.ts';
import { statementOperations } from './statements.ts';
import { statusOperations } from './status.ts';
import { subscriptionOperations } from './subscriptions.ts';
import { usageLogOperations } from './usage-logs.ts';
import { usageOperations } from './usage.ts';
import { webSubOperations } from './websub.ts';

/** Every operation under `/api`. What is not among them is answered to nobody (`rights.ts`), and a test names it. */
export const apiOperations: readonly Operation[] = [
  statusOperations,
  backupOperations,
  contentOperations,
  recordOperations,
  harvestOperations,
  importOperations,
  issueOperations,
  duplicateOperations,
  statementOperations,
  relatedFeedbackOperations,
  notificationOperations,
  subscriptionOperations,
  webSubOperations,
  peerOperations,
  usageOperations,
  usageLogOperations,
  assessmentOperations,
  policyOperations,
  institutionOperations,
  accountOperations,
  peopleOperations,
].flatMap((operations): Operation[] => Object.values(operations));
