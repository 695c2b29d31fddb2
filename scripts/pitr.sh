#!/usr/bin/env bash
# PostgreSQL back to any second, by its own means: an archive of its log and base backups, with the attachments and the master key beside them.
#
#   scripts/pitr.sh push WAL NAME ARCHIVE        archive_command = '/path/to/pitr.sh push %p %f /mnt/backup/pg'
#   scripts/pitr.sh base ADDRESS ARCHIVE [DATA]  takes a base backup, verifies it, and copies what is new of DATA/files
#   scripts/pitr.sh restore ARCHIVE CLUSTER TIME [DATA]
#                                                makes a new cluster's folder that recovers to the second ('2026-11-30 20:34:56+08') when it is started,
#                                                and brings the attachments into DATA
#   scripts/pitr.sh prune ARCHIVE KEEP           keeps the newest KEEP base backups and the log that they need
#
# Run push, base and restore as the server's user. The log is not encrypted by PostgreSQL: numbers and addresses are sealed in it as in the database,
# names are not, so the archive belongs on an encrypted disk. The master key is not copied: it is kept apart, as for every backup.
set -euo pipefail
fail() { echo "pitr.sh: $*" >&2; exit 1; }

# The programs of Debian's package stand outside PATH.
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV | head -1)
PATH=${bin:+$bin:}$PATH

# push copies, syncs and renames, and never writes over a segment that is another one.
push() {
	mkdir -p "$3/log"
	if [ -f "$3/log/$2" ]; then
		cmp -s "$1" "$3/log/$2" || fail "$2 is in the archive already, and is another one"
		return
	fi
	cp "$1" "$3/log/$2.unfinished"
	sync "$3/log/$2.unfinished"
	mv "$3/log/$2.unfinished" "$3/log/$2"
	sync "$3/log"
}

# base takes the cluster while it works on; pg_verifybackup reads every file of it again.
base() {
	local to=$2/base-$(date -u +%Y%m%dT%H%M%SZ)
	mkdir -p "$2"
	pg_basebackup -d "$1" -D "$to.unfinished" -c fast -X none
	pg_verifybackup -q -n "$to.unfinished"
	if [ -n "${3:-}" ]; then
		mkdir -p "$2/files"
		(cd "$3/files" && cp -an --parents ./??/* "$2/files/" 2>/dev/null) || true # none, or removed meanwhile
		sync -f "$2/files"
	fi
	mv "$to.unfinished" "$to"
	echo "$to"
}

restore() {
	local wanted found='' name taken
	wanted=$(date -u -d "$3" +%Y%m%dT%H%M%SZ) || fail "no time: $3"
	for name in "$1"/base-*Z; do
		taken=${name##*/base-}
		[[ -d $name && ! $taken > $wanted ]] && found=$name
	done
	[ -n "$found" ] || fail "no base backup was taken before $3; the first is $(ls -d "$1"/base-*Z 2>/dev/null | head -1)"
	[ ! -e "$2" ] || [ -z "$(ls -A "$2")" ] || fail "$2 is not empty"
	mkdir -p "$2"
	chmod 700 "$2"
	pg_verifybackup -q -n "$found"
	cp -a "$found/." "$2/"
	cat >>"$2/postgresql.auto.conf" <<-END
		archive_mode = off
		restore_command = 'cp "$1/log/%f" "%p"'
		recovery_target_time = '$(date -u -d "$3" '+%Y-%m-%d %H:%M:%S+00')'
		recovery_target_action = promote
	END
	touch "$2/recovery.signal"
	if [ -n "${4:-}" ] && [ -d "$1/files" ]; then
		mkdir -p "$4"
		cp -an "$1/files" "$4/"
	fi
	echo "$2: start it; it recovers from $found to $3 and is then open"
}

prune() {
	local all keep
	mapfile -t all < <(ls -d "$1"/base-*Z)
	[ "${#all[@]}" -gt "$2" ] || return 0
	keep=${all[$((${#all[@]} - $2))]}
	local first
	first=$(sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]*\))$/\1/p' "$keep/backup_label")
	[ -n "$first" ] || fail "$keep names no log"
	pg_archivecleanup "$1/log" "$first"
	rm -rf "${all[@]:0:$((${#all[@]} - $2))}"
}

case ${1:-} in
push | base | restore | prune) "$@" ;;
*) fail "push, base, restore or prune?" ;;
esac
