#!/usr/bin/env bash
# Builds the image twice, with its leaks and fixed, and writes each closure as a binary cache, leaky-cache and
# fixed-cache: build.sh [FOLDER]
# Needs Nix (2.8 or later) and permission to write to the store, gcc and arm-linux-gnueabihf-gcc. Needs no network.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(realpath -m "${1:-$here/..}")
workspace=$(mktemp -d)
trap 'rm -rf "$workspace"' EXIT

export NIX_CONF_DIR=$workspace
cat > "$workspace/nix.conf" <<'CONF'
sandbox = false
build-users-group =
substituters =
experimental-features = nix-command
CONF

# write_cache NAME FIXED: builds the image, fixed or not, into the cache of that name.
write_cache() {
  local cache=$folder/$1 root path compression
  root=$(nix-build --quiet --no-out-link "$here/image.nix" --arg fixed "$2")

  rm -rf "$cache"
  # One compression a path, dependencies first: mostly xz, as on cache.nixos.org, with the two others a reader must know.
  for path in $(nix-store --query --requisites "$root"); do
    case $path in
      *-glibc-* | *-tzdata-*) compression=none ;;
      *-bash-* | *-systemd-* | *-gcc-[0-9]*) compression=zstd ;;
      *) compression=xz ;;
    esac
    nix copy --quiet --no-recursive --to "file://$cache?compression=$compression" "$path"
  done

  # The cache must hold the closure, and every NAR what its narinfo says: Nix reads it back into a new store.
  nix path-info --store "file://$cache" --recursive "$root" > /dev/null
  nix copy --quiet --no-check-sigs --from "file://$cache" --to "$workspace/$1" "$root"
  nix-store --quiet --store "$workspace/$1" --verify --check-contents
  chmod -R u+w "$workspace/$1"
  echo "$cache: $(find "$cache" -name '*.narinfo' | wc -l) paths, $(du -sb "$cache" | cut -f1) bytes, root $root"
}

write_cache leaky-cache false
write_cache fixed-cache true
