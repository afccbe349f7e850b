#!/bin/sh
# Fetches Debian's static libraries for arm64 that the native program is linked with, into FOLDER as a root of their own:
#   arm64-libraries.sh FOLDER
# It neither needs root nor touches the machine's own apt and dpkg.
set -eu
folder=$1
version=$(cksum <"$0")
[ "$(cat "$folder/complete" 2>/dev/null)" != "$version" ] || exit 0
rm -rf "$folder"

mirror=$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -E '/debian/?$' | sort -u | head -n 1) || true
mirror=${mirror:-http://deb.debian.org/debian}
suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")
apt=$folder/apt
mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial" "$apt/etc" "$apt/packages"
: >"$apt/status"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg arch=arm64] $mirror $suite main" >"$apt/etc/sources.list"
cat >"$apt/apt.conf" <<X
APT::Architecture "arm64";
APT::Architectures { "arm64"; };
APT::Sandbox::User "$(id -un)";
Acquire::Languages "none";
Acquire::Retries "1";
Acquire::http::Timeout "30";
Dir::State "$apt/state/";
Dir::State::status "$apt/status";
Dir::Cache "$apt/cache/";
Dir::Etc::sourcelist "$apt/etc/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
X
export APT_CONFIG="$apt/apt.conf"
apt-get -qq -o APT::Update::Error-Mode=any update
(cd "$apt/packages" && apt-get -qq download libssl-dev liblzma-dev libzstd-dev libsqlite3-dev)
for package in "$apt"/packages/*.deb; do dpkg-deb -x "$package" "$folder/root"; done
rm -rf "$apt"
echo "$version" >"$folder/complete"
