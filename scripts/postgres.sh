#!/usr/bin/env bash
# A throw-away PostgreSQL for the tests: one cluster a machine, on loopback, without passwords or fsync.
#
#   scripts/postgres.sh start     starts it unless it runs, and prints its address
#   scripts/postgres.sh address   prints the address of the one that runs, or fails
#   scripts/postgres.sh stop      stops the one that was started here and removes its files
#
# HEFA_TEST_POSTGRES takes the address. As root the server runs as the user postgres, who cannot read this tree: its files stand apart.
set -euo pipefail
cd "$(dirname "$0")/.."
state=.cache/pg/cluster # two lines: folder, port

fail() { echo "postgres.sh: $*" >&2; exit 1; }

# The programs of Debian's package stand outside PATH.
find_programs() {
	local dir
	for dir in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV); do
		[ -x "$dir/initdb" ] && { bin=$dir; return; }
	done
	dir=$(command -v initdb) || fail "PostgreSQL is not installed; run scripts/setup.sh"
	bin=$(dirname "$dir")
}

as_server() {
	if [ "$(id -u)" = 0 ]; then
		(cd / && runuser -u postgres -- "$@")
	else
		"$@"
	fi
}

# Sets folder and port when the recorded cluster answers.
running() {
	[ -f "$state" ] || return 1
	{ read -r folder; read -r port; } <"$state"
	[ -f "$folder/data/postmaster.pid" ] && "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"
}

address() { echo "postgres://postgres@127.0.0.1:$port/postgres?sslmode=disable"; }

free_port() {
	local candidate
	while :; do
		candidate=$((20000 + RANDOM % 12000))
		(exec 3<>"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null || { port=$candidate; return; }
	done
}

settings() {
	cat <<-END
		listen_addresses = '127.0.0.1'
		unix_socket_directories = '$folder'
		fsync = off
		synchronous_commit = off
		full_page_writes = off
		wal_level = minimal
		max_wal_senders = 0
		max_connections = 200
		shared_buffers = 128MB
		timezone = 'UTC'
		shared_preload_libraries = 'pg_stat_statements'
		pg_stat_statements.max = 100000
		pg_stat_statements.track_utility = off
	END
}

start() {
	running && return
	folder=$(mktemp -d "${TMPDIR:-/tmp}/hefa-pg.XXXXXX")
	[ "$(id -u)" != 0 ] || chown postgres "$folder"
	as_server "$bin/initdb" -D "$folder/data" -U postgres --auth=trust --locale=C.UTF-8 --encoding=UTF8 --no-sync >"$folder/initdb.log" 2>&1 ||
		fail "initdb failed: $(tail -3 "$folder/initdb.log")"
	settings >>"$folder/data/postgresql.conf"
	local try
	for try in 1 2 3 4 5; do
		free_port
		if as_server "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/server.log" -o "-p $port" -w start >/dev/null 2>&1; then
			printf '%s\n%s\n' "$folder" "$port" >"$state"
			as_server "$bin/psql" -q -h 127.0.0.1 -p "$port" -U postgres -c 'CREATE EXTENSION pg_stat_statements' # tools/statements reads it
			return
		fi
	done
	fail "the server does not start: $(tail -3 "$folder/data/server.log")"
}

stop() {
	running || { rm -f "$state"; return 0; }
	as_server "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null
	rm -rf "$folder" "$state"
}

find_programs
mkdir -p "$(dirname "$state")"
exec 9>"$(dirname "$state")/lock"
flock 9 # two callers at once get one cluster
case "${1:-}" in
start) start 9>&- && address ;;
address) running && address ;;
stop) stop ;;
*) fail "start, address or stop?" ;;
esac
