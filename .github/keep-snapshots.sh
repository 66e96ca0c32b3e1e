#!/usr/bin/env bash
# Commits the folder given to the orphan branch `snapshots`, when more than times and costs changed in it, or once a day:
# commits keep GitHub from switching the schedule off after sixty days. Old history is dropped now and then.
set -euo pipefail
new=$1
most_commits=500
work=$(mktemp -d)
trap 'git worktree remove --force "$work" 2>/dev/null || true' EXIT

branch=$(git ls-remote origin refs/heads/snapshots)
if [ -n "$branch" ]; then
  git fetch --quiet origin snapshots
  git worktree add --quiet --detach "$work" FETCH_HEAD
else
  git worktree add --quiet --detach "$work"
  git -C "$work" checkout --quiet --orphan snapshots
  git -C "$work" rm -rf --quiet .
fi

rm -rf "$work/content"
cp -R "$new" "$work/content"
git -C "$work" add --all --force content
ignored='^[[:space:]]*"(asOf|completedAt|requests|graphqlRequests|restRequests|downloads|repeated|bytes|seconds|graphqlPointsLeft|restPointsLeft)":'
# Of a file where nothing else changed, --numstat says nothing; its name would be listed all the same.
changes=$(git -C "$work" diff --cached -I "$ignored" --numstat)
last=$(git -C "$work" log -1 --format=%ct 2>/dev/null || echo 0)
if [ -z "$changes" ] && [ "$last" -gt "$(($(date +%s) - 86400))" ]; then
  echo 'Nothing changed.'
  exit 0
fi

export GIT_AUTHOR_NAME='github-actions[bot]' GIT_COMMITTER_NAME='github-actions[bot]'
export GIT_AUTHOR_EMAIL='41898282+github-actions[bot]@users.noreply.github.com'
export GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL
if [ "$(git -C "$work" rev-list --count HEAD 2>/dev/null || echo 0)" -ge "$most_commits" ]; then
  git -C "$work" checkout --quiet --orphan fresh
  git -C "$work" commit --quiet --message 'Snapshots'
  git -C "$work" push --quiet --force origin HEAD:refs/heads/snapshots
else
  git -C "$work" commit --quiet --allow-empty --message "Snapshots: $(printf '%s' "$changes" | grep -c . || true) files changed"
  git -C "$work" push --quiet origin HEAD:refs/heads/snapshots
fi
