#!/bin/sh
# Fetches the typefaces that papers are set in, by name and version, into internal/paper/fonts, where the program embeds them.
#
# Usage: scripts/fonts.sh          (npm is needed; apt-get and dpkg-deb only for the Kai face)
# What is there already is kept, so a second run takes no time. Downloads are kept in .cache/fonts.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cache=$root/.cache/fonts
fonts=$root/internal/paper/fonts
noto=0.4.3
mkdir -p "$cache" "$fonts"

# noto PACKAGE MEMBER TARGET takes one face out of an npm package.
noto() {
	[ -s "$fonts/$3" ] && return 0
	pack=$cache/expo-google-fonts-$1-$noto.tgz
	if [ ! -s "$pack" ]; then
		echo "fonts: fetching $1 $noto"
		(cd "$cache" && npm pack "@expo-google-fonts/$1@$noto" --silent >/dev/null)
	fi
	tar -xzOf "$pack" "package/$2" >"$fonts/$3.part"
	mv "$fonts/$3.part" "$fonts/$3"
}

# wenkai finds LXGW WenKai: in the cache, among the installed fonts, or in Debian's package.
wenkai() {
	[ -s "$fonts/kai.ttf" ] && return 0
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
	cp "$face" "$fonts/kai.ttf.part"
	mv "$fonts/kai.ttf.part" "$fonts/kai.ttf"
}

noto noto-serif-sc 400Regular/NotoSerifSC_400Regular.ttf song.ttf
noto noto-sans-sc 500Medium/NotoSansSC_500Medium.ttf hei.ttf
wenkai
echo "fonts: ready in internal/paper/fonts"
