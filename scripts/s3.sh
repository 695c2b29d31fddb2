#!/usr/bin/env bash
# Prints the S3 server that the tests of the object store run, a program beside them and no part of Hefa; builds it first where it is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
version=v1.8.0 # github.com/versity/versitygw, Apache-2.0
program=$PWD/.cache/s3/versitygw-$version
mkdir -p .cache/s3
exec 9>.cache/s3/lock
flock 9
if [ ! -x "$program" ]; then
	echo "s3.sh: building versitygw $version" >&2
	made=$(mktemp -d)
	trap 'rm -rf "$made"' EXIT
	(cd "$made" && GOBIN=$made GOFLAGS= CGO_ENABLED=0 go install "github.com/versity/versitygw/cmd/versitygw@$version" >&2)
	mv "$made/versitygw" "$program"
fi
echo "$program"
