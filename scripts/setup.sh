#!/usr/bin/env bash
# Installs what the tests need from Debian 12: as root through apt-get, else it says what to install and fails.
# Quick and silent when everything is there.
set -euo pipefail

# package, and the program that makes it unnecessary ("-" when only the package will do)
needs='
postgresql-15         -
chromium              chromium
fonts-noto-cjk        -
fonts-lxgw-wenkai     -
poppler-utils         pdftotext
qpdf                  qpdf
xfsprogs              -
gcc                   gcc
libc6-dev             -
default-jre-headless  java
'

missing=()
while read -r package program; do
	[ -n "$package" ] || continue
	[ "$program" != - ] && command -v "$program" >/dev/null && continue
	dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed && continue
	missing+=("$package")
done <<<"$needs"

for program in go node npm git; do
	command -v "$program" >/dev/null || { echo "setup.sh: $program is not on PATH; install it first" >&2; exit 1; }
done
bash "$(dirname "$0")/s3.sh" >/dev/null # the S3 server of the tests, by name and version
bash "$(dirname "$0")/pebble.sh" >/dev/null # the ACME server of the tests, by name and version
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" != 0 ]; then
	echo "setup.sh: the tests need these packages; install them and run again:" >&2
	echo "  sudo apt-get install --no-install-recommends ${missing[*]}" >&2
	exit 1
fi

export DEBIAN_FRONTEND=noninteractive
install() { apt-get install -y -q --no-install-recommends -o Dpkg::Options::=--force-confold "${missing[@]}"; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "setup.sh: installing ${missing[*]}"
apt-get update -q >"$log" 2>&1 || { sleep 5; apt-get update -q >"$log" 2>&1; } || { cat "$log" >&2; exit 1; }
install >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
