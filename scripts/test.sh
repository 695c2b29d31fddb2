#!/usr/bin/env bash
# Runs the checks and the tests, each step named and timed, and closes with the counts.
#
#   scripts/test.sh check   format, vet, templates, staticcheck, house tests
#   scripts/test.sh e2e     browser journeys
#   scripts/test.sh faults  the long forms of test/faults, which print their figures
#   scripts/test.sh all     everything, Go tests with the race detector on SQLite and PostgreSQL
#
# Every step runs even when one before it failed, so that one run tells all.
set -uo pipefail
cd "$(dirname "$0")/.."
mkdir -p .cache
code='./cmd/... ./internal/... ./test/... ./tools/...'
passed=0 failed=0
started=$SECONDS

# step NAME COMMAND… counts as one check.
step() {
	local name=$1 from=$SECONDS
	shift
	if "$@"; then
		passed=$((passed + 1))
		echo "ok    $name ($((SECONDS - from)) s)"
	else
		failed=$((failed + 1))
		echo "FAIL  $name ($((SECONDS - from)) s)"
	fi
}

# suite NAME COMMAND… counts the tests that the command wrote to .cache/counts as "passed failed skipped".
suite() {
	local name=$1 from=$SECONDS rc=0 p=0 f=0 s=0
	shift
	rm -f .cache/counts
	"$@" || rc=$?
	[ -f .cache/counts ] && read -r p f s <.cache/counts
	# A suite that broke off, ran nothing or skipped something has failed, whatever it counted.
	if [ "$rc" != 0 ] || [ "$p" = 0 ] || [ "$s" != 0 ]; then [ "$f" != 0 ] || f=1; fi
	passed=$((passed + p)) failed=$((failed + f))
	if [ "$f" = 0 ]; then echo "ok    $name: $p tests ($((SECONDS - from)) s)"
	else echo "FAIL  $name: $p passed, $f failed, $s skipped ($((SECONDS - from)) s)"; fi
}

go_files() { git ls-files -co --exclude-standard -- "$@" | while read -r f; do [ ! -f "$f" ] || echo "$f"; done; }

format() {
	local wrong
	wrong=$(go_files '*.go' | xargs -r gofmt -l) || return 1
	[ -z "$wrong" ] || { echo "not formatted; run gofmt -w on:"; echo "$wrong"; return 1; }
}

# The committed Go of the templates is what the templates say.
templates() {
	local before after
	before=$(go_files '*_templ.go' | xargs -r sha256sum)
	go tool templ generate -log-level error || return 1
	after=$(go_files '*_templ.go' | xargs -r sha256sum)
	[ "$before" = "$after" ] || { echo "were not fresh; commit what make generate writes:"; diff <(echo "$before") <(echo "$after") | awk '/[<>]/ { print $3 }' | sort -u; return 1; }
}

front_end() { npm run --silent check; }

# The race detector watches Hefa and what shares its memory; the engine of SQLite, translated from C, and the ciphers are left out of it, which else
# take ten times as long. Only packages that use no generic type of sync may be left out: the linker keeps one copy of sync.Map for the program, and
# an unwatched one hides what it synchronises, so that harmless code is reported. The driver (modernc.org/sqlite) is such a package and stays watched.
go_tests() {
	local unwatched=() m
	for m in modernc.org/sqlite/lib modernc.org/libc/... modernc.org/memory github.com/emmansun/gmsm/... golang.org/x/crypto/argon2 golang.org/x/crypto/blake2b; do
		unwatched+=("-gcflags=$m=-race=false")
	done
	go test -race -vet=off "${unwatched[@]}" -timeout 14m -json "$@" | node scripts/gotest.mjs
}

journeys() {
	command -v chromium >/dev/null || { echo "chromium is not installed; run scripts/setup.sh"; return 1; }
	rm -rf test-results
	local rc=0
	timeout 30m node --test --test-concurrency=1 --test-reporter=spec --test-reporter-destination=stdout \
		--test-reporter=tap --test-reporter-destination=.cache/e2e.tap e2e/*.test.mjs || rc=$?
	awk '/^# pass /{p=$3} /^# fail /{f=$3} /^# cancelled /{c=$3} /^# (skipped|todo) /{s+=$3} END{print p+0, f+c, s+0}' .cache/e2e.tap >.cache/counts
	return $rc
}

checks() {
	step format format
	step vet go vet $code
	step templates templates
	step staticcheck go tool staticcheck $code
}

with_postgres() {
	if HEFA_TEST_POSTGRES=$(scripts/postgres.sh address 2>/dev/null); then :; else
		HEFA_TEST_POSTGRES=$(scripts/postgres.sh start) || return 1
		trap 'scripts/postgres.sh stop' EXIT
	fi
	export HEFA_TEST_POSTGRES
}

case "${1:-}" in
check)
	checks
	suite house go_tests ./internal
	;;
e2e) suite journeys journeys ;;
faults)
	step postgresql with_postgres
	step faults env HEFA_FAULTS=long go test -vet=off -v -count=1 -timeout 80m ./test/faults
	;;
all)
	checks
	step front-end front_end
	step postgresql with_postgres
	suite "go, race detector, both engines" go_tests $code
	step "statements keep to one county" go run ./tools/statements "$HEFA_TEST_POSTGRES"
	suite journeys journeys
	;;
*) echo "test.sh: check, e2e, faults or all?" >&2; exit 2 ;;
esac
echo "$((SECONDS - started)) s"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
