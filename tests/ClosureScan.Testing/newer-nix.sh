#!/bin/sh
# Fetches the newest Nix that Debian has (of its unstable suite) beside the machine's own, for the tests that every store's servers,
# daemons and clients of both pass:
#   newer-nix.sh [FOLDER]
# It neither needs root nor touches the machine's own apt and dpkg. FOLDER/bin has nix, nix-store and nix-daemon, which run with the
# libraries that were fetched with them. FOLDER/complete is made last and has the checksum of this script in it.
set -eu
folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/closurescan-tests/newer-nix}
version=$(cksum <"$0")
[ "$(cat "$folder/complete" 2>/dev/null)" != "$version" ] || exit 0
rm -rf "$folder"

mirror=$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -E '/debian/?$' | sort -u | head -n 1) || true
mirror=${mirror:-http://deb.debian.org/debian}
apt=$folder/apt
mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial" "$apt/etc/sources.list.d" "$apt/etc/preferences.d"
: >"$apt/status"
: >"$apt/etc/sources.list"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg arch=amd64] $mirror sid main" >"$apt/etc/sources.list.d/debian.list"
cat >"$apt/apt.conf" <<E
APT::Architecture "amd64";
APT::Architectures { "amd64"; };
APT::Install-Recommends "false";
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
Debug::NoLocking "true";
E
export APT_CONFIG="$apt/apt.conf"
apt-get -qq update

# With no package installed, all that Nix needs is fetched; what it needs for being installed only is left out.
mkdir "$apt/packages"
cd "$apt/packages"
apt-get -qq install --print-uris -y nix-bin | sed "s/^'\([^']*\)'.*/\1/" | grep -E '/(nix-bin|libnix[^/]*|lib[^/]*|nix-[^/]*)_[^/]*\.deb$' | grep -vE '/(libpam|libperl|libapt|libsystemd-shared)' \
  | xargs -n 1 -P 4 sh -c 'case $0 in *.deb) /usr/lib/apt/apt-helper download-file "$0" "$(basename "$0")" >/dev/null ;; esac'
for package in *.deb; do dpkg -x "$package" "$folder/root"; done

libraries=$folder/root/usr/lib/x86_64-linux-gnu
mkdir "$folder/bin"
for program in nix nix-store nix-daemon nix-build nix-instantiate; do
  cat >"$folder/bin/$program" <<E
#!/bin/sh
exec $libraries/ld-linux-x86-64.so.2 --argv0 $program --library-path $libraries:$libraries/nix $folder/root/usr/bin/nix "\$@"
E
  chmod +x "$folder/bin/$program"
done
"$folder/bin/nix" --version
echo "$version" >"$folder/complete"
rm -rf "$apt"
