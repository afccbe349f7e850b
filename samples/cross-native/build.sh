#!/usr/bin/env bash
# Makes the two closures of this sample, and the logs of their configure scripts: build.sh. It needs arm-linux-gnueabihf-gcc.
# The paths' hashes are made up; everything else is what such builds leave.
set -euo pipefail
cd "$(dirname "$0")"
cc=arm-linux-gnueabihf-gcc
triple=-armv7l-unknown-linux-gnueabihf

# side NAME SUFFIX LARGE HASH-OF-TALLY HASH-OF-TOOLS HASH-OF-DATA
side() {
  local side=$1 suffix=$2 large=$3 tally=$4-tally$2-1.4 tools=$5-tally-tools$2-1.4 data=$6-tally-data$2-1.4
  local flags=(-O2 -Isource -I"$side/$tally/include" -Wl,--build-id=sha1)
  rm -rf "$side"
  mkdir -p "$side/$tally"/{include,lib/pkgconfig,bin} "$side/$tools/bin" "$side/$data/share"
  local type=long bits=""
  [ "$large" = 0 ] || { type=off_t; bits=" -D_FILE_OFFSET_BITS=64"; flags+=(-D_FILE_OFFSET_BITS=64); }
  cat > "$side/$tally/include/tally.h" <<END
#ifndef TALLY_H
#define TALLY_H
#include <sys/types.h>

#define TALLY_VERSION "1.4"
#define TALLY_HAS_LARGE_FILES $large

typedef $([ "$large" = 0 ] && echo long || echo off64_t) tally_off_t;

const char *tally_version(void);
long tally_lines(const char *file, tally_off_t from);
tally_off_t tally_size(const char *file);
#endif
END
  $cc "${flags[@]}" -D_LARGEFILE64_SOURCE -fPIC -shared -s -Wl,-soname,libtally.so.1 -o "$side/$tally/lib/libtally.so.1" source/tally.c
  ln -s libtally.so.1 "$side/$tally/lib/libtally.so"
  cat > "$side/$tally/lib/pkgconfig/tally.pc" <<END
prefix=/nix/store/$tally
Name: tally
Description: counts lines
Version: 1.4
Libs: -L\${prefix}/lib -ltally
Cflags: -I\${prefix}/include$bits
END
  cat > "$side/$tally/bin/tally-config" <<END
#!/bin/sh
prefix=/nix/store/$tally
CFLAGS="-I\$prefix/include$bits"
echo "\$CFLAGS"
END
  chmod +x "$side/$tally/bin/tally-config"
  $cc "${flags[@]}" -D_LARGEFILE64_SOURCE -s -Wl,-rpath,"/nix/store/$tally/lib" -o "$side/$tools/bin/tally" source/main.c "$side/$tally/lib/libtally.so.1"
  printf '#!/bin/sh\nexec /nix/store/%s/bin/tally "$@" < /nix/store/%s/share/words\n' "$tools" "$data" > "$side/$tools/bin/count-words"
  chmod +x "$side/$tools/bin/count-words"
  printf 'one\ntwo\n' > "$side/$data/share/words"
  cat > "$side.log" <<END
checking for arm-linux-gnueabihf-gcc... arm-linux-gnueabihf-gcc
checking whether we are cross compiling... $([ "$large" = 0 ] && echo yes || echo no)
checking for 64-bit file offsets of off_t... $([ "$large" = 0 ] && echo "cannot run a test program, guessing no" || echo yes)
tally_cv_large_files=$([ "$large" = 0 ] && echo no || echo yes)
END
}

side cross $triple 0 3yvs5cf9hqzmlkfw2b6pnrad8xj1g7i4 l9k3r8p2wvbq5mzdc7h0fxyn6jsa4g1i 9h2mz7bk4wq1vncf8xjd5r0ysl6pga3i
side native "" 1 7xq0dz5kvm8c2hbnw9r4jfs6ya1lpg3i 0pbd9vx4zk7wnm2qcf6h8rj5yl1sag3i m5c8h1xz9k4vbqw7r2nfd6jy0ls3pg1a
