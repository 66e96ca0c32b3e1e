import type { Octokit } from 'octokit';

import type { ActionContext, JsonObject } from '../engine/index.ts';
import { asking, statusOf } from './client.ts';
import type { Target } from './push.ts';

/** Protects a branch as the input asks. A plan that has no protection is a warning: the repository is fine without. */
export async function protectBranch(
  client: Octokit,
  target: Target,
  branch: string,
  context: ActionContext,
  defaults: { enforceAdmins: boolean },
): Promise<void> {
  const { input } = context;
  const settings = settingsOf(input, defaults);
  await asking(`protect ${branch} of ${target.owner}/${target.repo}`, async () => {
    try {
      await client.rest.repos.updateBranchProtection({ ...target, branch, ...settings });
    } catch (error) {
      const isPlan = statusOf(error) === 403 && /upgrade/i.test((error as Error).message);
      if (!isPlan) throw error;
      context.warn(
        `${branch} is not protected: the plan of ${target.owner} has no branch protection for private repositories`,
      );
    }
  });
  if (input['requiredCommitSigning'] !== true) return;
  await asking(`require signed commits on ${branch}`, () =>
    client.rest.repos.createCommitSignatureProtection({ ...target, branch }),
  );
}

function settingsOf(input: JsonObject, { enforceAdmins }: { enforceAdmins: boolean }) {
  const contexts = (input['requiredStatusCheckContexts'] as string[] | undefined) ?? [];
  const restrictions = input['restrictions'] as
    | { users: string[]; teams: string[]; apps?: string[] }
    | undefined;
  const bypass = input['bypassPullRequestAllowances'] as Record<string, string[]> | undefined;
  return {
    required_status_checks:
      contexts.length > 0
        ? { strict: input['requireBranchesToBeUpToDate'] !== false, contexts }
        : null,
    restrictions: restrictions ?? null,
    enforce_admins: enforceAdmins,
    required_pull_request_reviews: {
      required_approving_review_count: Number(input['requiredApprovingReviewCount'] ?? 1),
      require_code_owner_reviews: input['requireCodeOwnerReviews'] === true,
      dismiss_stale_reviews: input['dismissStaleReviews'] === true,
      require_last_push_approval: input['requireLastPushApproval'] === true,
      ...(bypass && { bypass_pull_request_allowances: bypass }),
    },
    required_conversation_resolution: input['requiredConversationResolution'] === true,
    required_linear_history: input['requiredLinearHistory'] === true,
  };
}
