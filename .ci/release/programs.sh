#!/usr/bin/env bash
# Compiles the native programs for users and packs each with its licence and manual:
#   programs.sh FOLDER VERSION [TARGET...]
# TARGET is linux-x64 (any x86_64 since 2009), linux-x64-v3 (2013 and later, twice as fast on caches) or linux-arm64; all of them without one.
# FOLDER/closurescan-VERSION-TARGET.tar.gz needs nothing but the C library where it runs. Equal sources give equal bytes. arm64 is compiled here
# by Debian's cross compiler with Debian's static libraries for it. Not made, as NuGet serves no native compiler for them: linux-arm (armv7),
# linux-musl; the portable tool (dotnet tool install) runs there.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mkdir -p "$1" && cd "$1" && pwd) version=$2
shift 2
[ $# -gt 0 ] || set -- linux-x64 linux-x64-v3 linux-arm64
cd "$here/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}

for target; do
  runtime=$target options=()
  case $target in
    linux-x64) ;;
    linux-x64-v3) runtime=linux-x64 options=(-p:IlcInstructionSet=x86-64-v3) ;;
    linux-arm64)
      libraries=${XDG_CACHE_HOME:-$HOME/.cache}/closurescan-tests/arm64-libraries
      "$here/arm64-libraries.sh" "$libraries"
      export ARM64_LIBRARIES=$libraries/root/usr CMAKE_PREFIX_PATH=$libraries/root/usr OPENSSL_ROOT_DIR=$libraries/root/usr
      options=(-p:CppCompilerAndLinker="$here/arm64-gcc" -p:ObjCopyName=aarch64-linux-gnu-objcopy -p:LinkerFlavor=bfd)
      ;;
    *) echo "programs.sh: $target is no target: linux-x64, linux-x64-v3, linux-arm64" >&2; exit 2 ;;
  esac
  dotnet publish src/ClosureScan.Cli -c Release -r "$runtime" -p:Version="$version" -p:ContinuousIntegrationBuild=true -p:RunAnalyzers=false \
    --artifacts-path "$work/$target" -o "$work/publish/$target" -v q -nologo -nodeReuse:false "${options[@]}"
  unset ARM64_LIBRARIES CMAKE_PREFIX_PATH OPENSSL_ROOT_DIR

  name=closurescan-$version-$target
  mkdir -p "$work/$name"
  cp LICENSE "$work/publish/$target/"* "$work/$name/"
  if [ "$target" = linux-x64 ]; then "$work/$name/closurescan" man > "$work/closurescan.1"; fi
  if [ -e "$work/closurescan.1" ]; then cp "$work/closurescan.1" "$work/$name/"; fi
  tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" --mode='u=rwX,go=rX' -c "$name" | gzip -n9 > "$folder/$name.tar.gz"
  rm -rf "${work:?}/$target"
  ls -l "$folder/$name.tar.gz"
done
