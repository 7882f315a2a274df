#!/bin/sh
# Starts a worker with the frozen code that this file is part of: start_worker.sh --plan ID [--minutes N] …
# It needs the store's folder, and nothing else: no network, no Deno, no home.
set -eu
code=$(cd "$(dirname "$0")/../.." && pwd -P)
shelf=$(dirname "$code")

# Deno keeps databases, which shared disks serve badly: they lie on this machine, its packages in the store.
cache=${TMPDIR:-/tmp}/when-contrastive-$(id -u)-$(printf '%s' "$code" | cksum | cut -d ' ' -f 1)
mkdir -p -m 700 "$cache"
# In a folder for all, somebody else's may stand there.
[ -O "$cache" ] || cache=$(mktemp -d)
[ -e "$cache/npm" ] || ln -s "$code/npm" "$cache/npm" 2>/dev/null || [ -e "$cache/npm" ]
export DENO_DIR="$cache" DENO_NO_UPDATE_CHECK=1
export WHEN_CONTRASTIVE_LIBRARIES="${WHEN_CONTRASTIVE_LIBRARIES:-$shelf/libraries}"

# In this shell's place, so that signals reach it.
exec "${DENO:-$code/deno}" run --quiet --frozen --cached-only --config "$code/deno.json" -A \
  "$code/lib/cli/main.ts" work --store "$(dirname "$shelf")" "$@"
