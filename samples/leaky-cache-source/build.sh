#!/usr/bin/env bash
# Builds the image and writes its closure as a binary cache: build.sh [DESTINATION]
# Needs Nix (2.8 or later) and permission to write to the store, gcc and arm-linux-gnueabihf-gcc. Needs no network.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=$(realpath -m "${1:-$here/../leaky-cache}")
workspace=$(mktemp -d)
trap 'rm -rf "$workspace"' EXIT

export NIX_CONF_DIR=$workspace
cat > "$workspace/nix.conf" <<'CONF'
sandbox = false
build-users-group =
substituters =
experimental-features = nix-command
CONF

root=$(nix-build --quiet --no-out-link "$here/image.nix")

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
nix copy --quiet --no-check-sigs --from "file://$cache" --to "$workspace/store" "$root"
nix-store --quiet --store "$workspace/store" --verify --check-contents
chmod -R u+w "$workspace/store"
echo "$cache: $(find "$cache" -name '*.narinfo' | wc -l) paths, $(du -sb "$cache" | cut -f1) bytes, root $root"
