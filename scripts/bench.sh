#!/usr/bin/env bash
# Measures the program from outside, as its users meet it, on SQLite and on a throw-away PostgreSQL, and prints the machine beside the figures.
#
#   CASES=200000   cases in the store      ROWS=100000   rows of the imported list      CERTIFICATES=1000000   of the daily round
#   SECONDS_EACH=10   how long each page is loaded      CONNECTIONS=32
#   BENCH=regexp   run the Go benchmarks that match after it ("." for all)
set -euo pipefail
cd "$(dirname "$0")/.."
certificates=${CERTIFICATES:-1000000} cases=${CASES:-200000} rows=${ROWS:-100000} each=${SECONDS_EACH:-10} connections=${CONNECTIONS:-32}
work=$(mktemp -d "${TMPDIR:-/tmp}/hefa-bench.XXXXXX")
server= started_postgres=
finish() {
	[ -z "$server" ] || { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }
	[ -z "$started_postgres" ] || scripts/postgres.sh stop
	rm -rf "$work"
}
trap finish EXIT

now() { date +%s%N; }
since() { awk -v ns=$(($(now) - $1)) 'BEGIN { printf "%.2f", ns / 1e9 }'; }
load() { awk '{ print "load of the machine " $1 }' /proc/loadavg; }

# run NAME PROGRAM… starts a server, sets server and address, and prints how soon it was ready.
run() {
	local name=$1 start
	shift
	start=$(now)
	"$@" >"$work/out" 2>"$work/err" &
	server=$!
	until address=$(grep -o '127\.0\.0\.1:[0-9]*' "$work/out") && curl -sf -o /dev/null "http://$address/readyz"; do
		kill -0 "$server" 2>/dev/null || { cat "$work/out" "$work/err" >&2; exit 1; }
		sleep 0.005
	done
	echo "$name: ready after $(since "$start") s"
}
# memory WHAT prints what the server holds, and how much of it are pages of the program's own file, which the system takes back when it needs them.
memory() { awk -v what="$1" '/^VmRSS/ { all = $2 } /^RssFile/ { file = $2 } END { printf "%s %.0f MB, %.0f of them the program itself\n", what, all / 1e3, file / 1e3 }' "/proc/$server/status"; }
stop() { kill "$server"; wait "$server" 2>/dev/null || true; server=; }
hefa=(bin/hefa serve --addr 127.0.0.1:0 --metrics '' --address-rate 1e6 --account-rate 1e6)

# pages NAME STORE ARGUMENTS… loads the pages of the program and of the bare handlers over a filled store.
pages() {
	local name=$1 store=$2
	shift 2
	echo
	echo "== $name, $cases cases, $connections connections that each ask again when answered; $(load)"
	bin/bench fill "$store" --keys "$work/$name/master.key" --cases "$cases"
	reader=$(bin/hefa token create --data "$work/$name" "$@" --user fengping --name bench)
	writer=$(bin/hefa token create --data "$work/$name" "$@" --user banzheng --name bench)
	run "hefa" "${hefa[@]}" --data "$work/$name" "$@"
	sleep 10
	memory "idle, ten seconds later:"
	bin/bench load "$address" --process "$server" --time "${each}s" --connections "$connections"
	memory "just after the load:"
	bin/bench rest "$address" --process "$server" --time "${each}s" --connections "$connections" --token "$reader" --desk "$writer"
	stop
	run "the bare handlers" bin/bare "$store"
	bin/bench load "$address" --process "$server" --time "${each}s" --connections "$connections" --bare
	bin/bench rest "$address" --process "$server" --time "${each}s" --connections "$connections"
	stop
	load
}

go build -o bin/bench ./tools/bench
go build -o bin/bare ./tools/bare
echo "$(nproc) cores, $(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1e6 }' /proc/meminfo), $(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo)"
echo "$(go version), commit $(git describe --always --dirty); $(load)"
echo "the load comes from the same machine; PostgreSQL runs without fsync (scripts/postgres.sh), SQLite with synchronous=FULL"
ls -l bin/hefa | awk '{ printf "bin/hefa %.1f MB\n", $5 / 1e6 }'

echo
echo "== first start on an empty folder, with the country's places"
run "hefa" bin/hefa serve --addr 127.0.0.1:0 --metrics '' --data "$work/first"
awk '/^VmHWM/ { printf "at most %.0f MB\n", $2 / 1e3 }' "/proc/$server/status"
stop

echo
echo "== import of a list of $rows rows, every 50th wrong; $(load)"
bin/bench list "$work/list.xlsx" --rows "$rows"
start=$(now)
bin/hefa import expired "$work/list.xlsx" --region 533103105 --dry-run --json >"$work/dry.json"
echo "checked in $(since "$start") s"
start=$(now)
bin/hefa import expired "$work/list.xlsx" --region 533103105 --data "$work/first" --json >"$work/import.json"
took=$(since "$start")
awk -v rows="$rows" -v took="$took" 'BEGIN { printf "checked and stored in %s s: %.0f rows a second\n", took, rows / took }'
grep -o '"rows":[0-9]*\|"good":[0-9]*' "$work/import.json" | tr '\n' ' ' && echo

echo
echo "== reminders as PDF, beside a mail merge; $(load)"
bin/bench letters

echo
echo "== every paper, as batches for the printer; the target is 1,000 pages a second for each; $(load)"
go test ./internal/paper -run '^$' -bench EveryPaper -benchtime 300ms |
	awk '/pages\/s/ { sub("BenchmarkEveryPaper/", "", $1); sub("-[0-9]+$", "", $1); for (i = 2; i <= NF; i++) if ($i == "pages/s") print $(i - 1), "pages/s", $1 }' | sort -n

mkdir "$work/SQLite" "$work/PostgreSQL"
pages SQLite "$work/SQLite/hefa.db"
if ! postgres=$(scripts/postgres.sh address 2>/dev/null); then
	postgres=$(scripts/postgres.sh start)
	started_postgres=yes
fi
database=hefa_bench_$$
bench_db=$(bin/bench database "$postgres" "$database")
pages PostgreSQL "$bench_db" --database "$bench_db"
bin/bench database "$postgres" "$database" --drop

echo
echo "== the daily round over $certificates certificates; $(load)"
bin/bench round "$work/round.db" --keys "$work/round.key" --certificates "$certificates"
bench_db=$(bin/bench database "$postgres" "$database")
bin/bench round "$bench_db" --keys "$work/round.key" --certificates "$certificates"
bin/bench database "$postgres" "$database" --drop

echo
echo "== weight of the pages, and how soon a slow PC on a thin line shows them"
node e2e/pages.mjs banzheng Hefa-Demo-2020 / '/?state=submitted' /applications || echo "over the budget"

[ -z "${BENCH:-}" ] || HEFA_TEST_POSTGRES=$postgres go test -p 1 -run '^$' -bench "$BENCH" -benchmem -timeout 60m ./internal/... |
	grep -vE '^(PASS|goos|goarch|pkg|cpu)|no test files|^ok '
