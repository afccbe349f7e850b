#!/bin/sh
# Fetches small Debian packages of other architectures once a machine, for the tests that compare with readelf and file:
#   foreign-binaries.sh [FOLDER]
# It neither needs root nor touches the machine's own apt and dpkg: configuration, lists and status are its own.
# FOLDER/PACKAGE/ holds what a package holds; FOLDER/complete is made last, so that a broken run is not taken for a whole one.
# It has the checksum of this script in it: after a change of the script everything is fetched anew.
set -eu
folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/closurescan-tests/debian}
version=$(cksum <"$0")
[ "$(cat "$folder/complete" 2>/dev/null)" != "$version" ] || exit 0
[ ! -e "$folder/complete" ] || rm -rf "$folder"

# The mirror that this machine uses anyway, if it uses one.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -E '/debian/?$' | sort -u | head -n 1) || true
mirror=${mirror:-http://deb.debian.org/debian}
architectures="amd64 i386 armhf armel arm64 mips64el mipsel ppc64el s390x"
newer="riscv64" # An architecture of Debian since trixie.
suites="trixie forky sid" # Where it is looked for: a mirror may hold one of them half updated.
cross="armel armhf arm64 i386 mips mipsel mips64 mips64el mipsn32 mipsr6 mips64r6 powerpc ppc64 ppc64el s390x sparc64 riscv64 m68k sh4 alpha hppa x32 arc"

apt=$folder/apt
mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial" "$apt/etc/sources.list.d" "$apt/etc/preferences.d" "$apt/packages"
: >"$apt/status"
: >"$apt/etc/sources.list"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
# Names the packages of the older architectures, and of the newer ones those of suite $1.
write_sources() {
  cat >"$apt/etc/sources.list.d/debian.list" <<X
deb [signed-by=$keyring arch=$(echo $architectures | tr ' ' ',')] $mirror bookworm main
deb [signed-by=$keyring arch=$(echo $newer | tr ' ' ',')] $mirror $1 main
X
}
list=
for architecture in $architectures $newer; do list="$list \"$architecture\";"; done
cat >"$apt/apt.conf" <<X
APT::Architecture "amd64";
APT::Architectures {$list };
APT::Default-Release "bookworm";
APT::Sandbox::User "$(id -un)";
Acquire::Languages "none";
Acquire::Retries "1";
Acquire::http::Timeout "30";
Dir::State "$apt/state/";
Dir::State::status "$apt/status";
Dir::Cache "$apt/cache/";
Dir::Etc::sourcelist "$apt/etc/sources.list";
Dir::Etc::sourceparts "$apt/etc/sources.list.d";
Dir::Etc::preferencesparts "$apt/etc/preferences.d";
X
export APT_CONFIG="$apt/apt.conf"
for suite in $suites; do
  write_sources "$suite"
  if apt-get -qq -o APT::Update::Error-Mode=any update; then break; fi
  [ "$suite" != "${suites##* }" ] || exit 1
done

cd "$apt/packages"
wanted="libc6-dev-armel-cross libgcc-12-dev-armel-cross"
for architecture in $architectures $newer; do wanted="$wanted hello:$architecture zlib1g:$architecture busybox-static:$architecture"; done
# Not every suite has them all.
apt-cache pkgnames libc6- >"$apt/names"
for architecture in $cross; do
  if grep -qx "libc6-$architecture-cross" "$apt/names"; then wanted="$wanted libc6-$architecture-cross"; fi
done
apt-get -qq download $wanted
for package in *.deb; do
  dpkg-deb -x "$package" "$folder/${package%.deb}"
done
rm -rf "$apt"
echo "$version" >"$folder/complete"
