#!/usr/bin/env bash
# Prints the ACME server that the tests of certificates run, a program beside them and no part of Hefa; builds it first where it is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
version=v2.10.3 # github.com/letsencrypt/pebble, MPL-2.0
program=$PWD/.cache/acme/pebble-$version
mkdir -p .cache/acme
exec 9>.cache/acme/lock
flock 9
if [ ! -x "$program" ]; then
	echo "pebble.sh: building pebble $version" >&2
	made=$(mktemp -d)
	trap 'rm -rf "$made"' EXIT
	(cd "$made" && GOBIN=$made GOFLAGS= CGO_ENABLED=0 go install "github.com/letsencrypt/pebble/v2/cmd/pebble@$version" >&2)
	mv "$made/pebble" "$program"
fi
echo "$program"
