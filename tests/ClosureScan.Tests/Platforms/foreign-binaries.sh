#!/bin/sh
# Fetches small Debian packages of other architectures once a machine, for the tests that compare with readelf:
#   foreign-binaries.sh [FOLDER]
# It neither needs root nor touches the machine's own apt and dpkg: configuration, lists and status are its own.
# FOLDER/PACKAGE/ holds what a package holds; FOLDER/complete is made last, so that a broken run is not taken for a whole one.
set -eu
folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/closurescan-tests/debian}
[ ! -e "$folder/complete" ] || exit 0
suite=bookworm

# The mirror that this machine uses anyway, if it uses one.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -E '/debian/?$' | sort -u | head -n 1) || true
mirror=${mirror:-http://deb.debian.org/debian}
architectures="amd64 i386 armhf armel arm64 mips64el mipsel ppc64el s390x"
cross="armel armhf arm64 i386 mips mipsel mips64 mips64el mipsn32 mipsr6 mips64r6 powerpc ppc64 ppc64el s390x sparc64 riscv64 m68k sh4 alpha hppa x32 arc"

apt=$folder/apt
mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial" "$apt/etc/sources.list.d" "$apt/etc/preferences.d" "$apt/packages"
: >"$apt/status"
: >"$apt/etc/sources.list"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb [signed-by=$keyring] $mirror $suite main" >"$apt/etc/sources.list.d/debian.list"
list=
for architecture in $architectures; do list="$list \"$architecture\";"; done
cat >"$apt/apt.conf" <<X
APT::Architecture "amd64";
APT::Architectures {$list };
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
apt-get -qq update

cd "$apt/packages"
wanted="libc6-dev-armel-cross libgcc-12-dev-armel-cross"
for architecture in $architectures; do wanted="$wanted hello:$architecture zlib1g:$architecture"; done
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
: >"$folder/complete"
