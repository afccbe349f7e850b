#!/usr/bin/env bash
# Downloads the upstream source archives of the packages in packages.nix, and of those that tests/cross-native builds, from Debian, once
# a machine: fetch-sources.sh [FOLDER]
# apt checks them, with lists and settings of its own, so that the system's are not touched. The release is fixed because
# packages.nix names the versions.
set -euo pipefail
folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/closurescan-tests/sources}
packages=(apr bash bzip2 curl expat gzip jansson judy libpng1.6 lua5.4 mawk popt tcl8.6 zlib)

missing=()
for package in "${packages[@]}"; do
  compgen -G "$folder/${package}_*.orig.tar.*" > /dev/null || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

# The mirror that this machine uses anyway, if it uses one.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 2> /dev/null | sort -u | sed -nE '/\/debian\/?$/p') || true
mirror=${mirror%%$'\n'*}
apt=$(mktemp -d)
trap 'rm -rf "$apt"' EXIT
mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$apt/download" "$folder"
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror:-http://deb.debian.org/debian} bookworm main" > "$apt/sources.list"
options=(-q -o "Dir::Etc::SourceList=$apt/sources.list" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Lists=$apt/lists"
  -o "Dir::Cache=$apt" -o APT::Sandbox::User=root -o Acquire::Retries=3)
apt-get "${options[@]}" update
(cd "$apt/download" && apt-get "${options[@]}" source --tar-only --download-only "${missing[@]}")
mv "$apt"/download/*.orig.tar.?z* "$folder/"
