#!/usr/bin/env bash
# Runs the steps of the Dockerfile without Docker: its RUN lines, in order, in a copy of the files that Git does not ignore,
# then starts what they made as the image does, asks its health, and stops it.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
node_pid=
finish() {
  if [ -n "$node_pid" ]; then kill -KILL "$node_pid" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap finish EXIT

app=$work/app
mkdir "$app"
git ls-files -z --cached --others --exclude-standard | tar --create --null --files-from=- | tar --extract --directory "$app"
# What .dockerignore keeps out of the image's build is not there here either.
(cd "$app" && rm -rf .ci docs test)

sed -n 's/^RUN //p' Dockerfile > "$work/steps"
[ -s "$work/steps" ]
while IFS= read -r step; do
  echo "== $step"
  (cd "$app" && bash -c "$step" </dev/null)
done < "$work/steps"

echo '== starting what was built'
cd "$app"
NODE_ENV=production NGR_DATA="$app/data" \
  node dist/node/cli/ngr.js start --host 127.0.0.1 --port 0 --p2p-host 127.0.0.1 --p2p-port 0 --no-mdns > "$work/out" &
node_pid=$!
for _ in $(seq 300); do
  if grep -q '^ready ' "$work/out"; then break; fi
  kill -0 "$node_pid"
  sleep 0.1
done
url=$(sed -n 's/^ready \([^ ]*\).*/\1/p' "$work/out")
node -e "fetch('$url/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"
kill -TERM "$node_pid"
wait "$node_pid"
node_pid=
echo '== the image steps work'
