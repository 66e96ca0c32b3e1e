#!/usr/bin/env bash
# Puts the snapshots that CI kept in the branch `snapshots` where `callboard build` reads them.
set -euo pipefail
git fetch --quiet --depth=1 origin snapshots
git archive FETCH_HEAD content | tar --extract
