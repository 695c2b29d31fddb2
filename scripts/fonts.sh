#!/bin/sh
# Fetches the typefaces that papers are set in, by name and version: into internal/paper/fonts, where the program embeds them, and 仿宋 into bin/fonts,
# where it finds them.
#
# Usage: scripts/fonts.sh          (npm is needed; apt-get and dpkg-deb only for the faces 楷 and 仿宋)
# What is there already is kept, so a second run takes no time. Downloads are kept in .cache/fonts.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cache=$root/.cache/fonts
fonts=$root/internal/paper/fonts
beside=$root/bin/fonts
noto=0.4.3
mkdir -p "$cache" "$fonts" "$beside"

# noto PACKAGE MEMBER TARGET takes one face out of an npm package, without what papers do not read.
noto() {
	[ -s "$fonts/$3" ] && return 0
	pack=$cache/expo-google-fonts-$1-$noto.tgz
	if [ ! -s "$pack" ]; then
		echo "fonts: fetching $1 $noto"
		(cd "$cache" && npm pack "@expo-google-fonts/$1@$noto" --silent >/dev/null)
	fi
	tar -xzOf "$pack" "package/$2" >"$cache/$3"
	node "$root/scripts/lean.mjs" "$cache/$3" "$fonts/$3.part"
	mv "$fonts/$3.part" "$fonts/$3"
}

# wenkai finds LXGW WenKai, in the cache, among the installed fonts, or in Debian's package, and leaves of it what 宋 does not draw.
wenkai() {
	[ -s "$fonts/rare.ttf.gz" ] && return 0
	face=usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf
	if [ ! -s "$cache/wenkai/$face" ] && [ ! -s "/$face" ]; then
		if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
			echo "fonts: no apt-get here; papers are set without LXGW WenKai, and names with its rare characters are refused"
			return 0
		fi
		echo "fonts: fetching fonts-lxgw-wenkai"
		if ! (cd "$cache" && apt-get download -qq fonts-lxgw-wenkai >/dev/null 2>&1); then
			echo "fonts: fonts-lxgw-wenkai cannot be fetched (apt-get update first?); papers are set without its rare characters"
			return 0
		fi
		dpkg-deb -x "$cache"/fonts-lxgw-wenkai_*.deb "$cache/wenkai"
	fi
	[ -s "$cache/wenkai/$face" ] && face=$cache/wenkai/$face || face=/$face
	node "$root/scripts/rare.mjs" "$face" "$fonts/song.ttf" "$fonts/rare.ttf.part"
	gzip -9 -n -c "$fonts/rare.ttf.part" >"$fonts/rare.ttf.gz.part" # a megabyte less in the program, for a face that few papers need
	mv "$fonts/rare.ttf.gz.part" "$fonts/rare.ttf.gz"
	rm -f "$fonts/rare.ttf.part" "$fonts/rare.ttf" "$fonts/kai.ttf"
}

# fandol finds FandolFang: in the cache, among the installed faces, or in Debian's package. Its licence is the GPL with the exception for fonts, so that it
# stays a file of its own beside the program, bin/fonts, and is not part of it (docs/adr/0110-fangsong-beside-the-program.md).
fandol() {
	[ -s "$beside/fang.ttf" ] && [ -s "$beside/fang-COPYING.txt" ] && return 0
	face=usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf
	copying=usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz
	if [ ! -s "$cache/fandol/$face" ] && [ -s "/$face" ] && [ -s "/$copying" ]; then
		tree=
	else
		tree=$cache/fandol
	fi
	if [ -n "$tree" ] && [ ! -s "$tree/$face" ]; then
		if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
			echo "fonts: no apt-get here; official letters are set in 宋 instead of 仿宋"
			return 0
		fi
		echo "fonts: fetching FandolFang from texlive-lang-chinese"
		if ! (cd "$cache" && apt-get download -qq texlive-lang-chinese >/dev/null 2>&1); then
			echo "fonts: texlive-lang-chinese cannot be fetched (apt-get update first?); official letters are set in 宋 instead of 仿宋"
			return 0
		fi
		mkdir -p "$tree"
		dpkg-deb --fsys-tarfile "$cache"/texlive-lang-chinese_*.deb | tar -xf - -C "$tree" "./$face" "./$copying"
		rm "$cache"/texlive-lang-chinese_*.deb
	fi
	if ! node "$root/scripts/fang.mjs" "$tree/$face" "$beside/fang.ttf.part"; then
		echo "fonts: FandolFang cannot be turned into TrueType; official letters are set in 宋 instead of 仿宋"
		return 0
	fi
	gzip -dc "$tree/$copying" >"$beside/fang-COPYING.txt"
	mv "$beside/fang.ttf.part" "$beside/fang.ttf"
}

noto noto-serif-sc 400Regular/NotoSerifSC_400Regular.ttf song.ttf
noto noto-sans-sc 500Medium/NotoSansSC_500Medium.ttf hei.ttf
wenkai
fandol
echo "fonts: ready in internal/paper/fonts and bin/fonts"
