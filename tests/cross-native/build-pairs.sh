#!/usr/bin/env bash
# Builds packages of Debian twice for armhf, with one compiler, the same flags and the same paths: once as a cross build and once as a
# native one, whose configure may run what it compiles: build-pairs.sh [FOLDER]. What differs in the results, differs because of that.
# A native answer comes from qemu-arm, which a private binfmt_misc in a user namespace calls (Linux 6.7 and later), so that nothing
# else on the machine sees it. Exit code 77: this kernel forbids it, or a tool is missing; the reason is in FOLDER/skipped.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/closurescan-tests/pairs}
sources=${2:-${XDG_CACHE_HOME:-$HOME/.cache}/closurescan-tests/sources}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
[ ! -e "$folder/complete" ] || exit 0
rm -f "$folder/skipped"

host=arm-linux-gnueabihf
skip() { echo "$*" | tee "$folder/skipped" >&2; exit 77; }

# Runs a command where armhf programs run.
emulated() {
  QEMU_LD_PREFIX=/usr/$host unshare --user --map-root-user --mount bash -c '
    mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc || exit 90
    printf "%s" ":qemu-arm:M::\\x7fELF\\x01\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\x28\\x00:\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff:$0:F" > /proc/sys/fs/binfmt_misc/register || exit 91
    exec "$@"' "$(command -v qemu-arm)" "$@"
}

for tool in $host-gcc qemu-arm unshare make gcc; do command -v $tool > /dev/null || skip "$tool is not installed"; done
printf 'int main(void){return 0;}' > "$folder/probe.c"
$host-gcc -o "$folder/probe" "$folder/probe.c"
emulated "$folder/probe" 2> "$folder/probe.log" || skip "this kernel gives a user namespace no binfmt_misc of its own: $(head -1 "$folder/probe.log")"

# unpack PACKAGE [SUBFOLDER]: its sources in FOLDER/sources/PACKAGE.
unpack() {
  local top="$folder/sources/$1"
  rm -rf "$top"
  mkdir -p "$top"
  tar --no-same-owner -C "$top" --strip-components=1 -xf "$(compgen -G "$sources/${1}_*.orig.tar.*")"
  [ -z "${2:-}" ] || { mv "$top/$2" "$top.$2"; rm -rf "$top"; mv "$top.$2" "$top"; }
}

# prepare PACKAGE: unpacks it, and makes the configure that an archive lacks.
prepare() {
  local top="$folder/sources/$1"
  unpack "$@"
  [ -x "$top/configure" ] || (cd "$top" && autoreconf -fi > "$top.autoreconf" 2>&1) || { tail -5 "$top.autoreconf" >&2; return 1; }
}

# build PACKAGE NAME cross|native CONFIGURE-ARGUMENTS...: installs into FOLDER/NAME; what configure said goes to FOLDER/NAME.log.
# All builds of a package run at the same path, one after the other.
build() {
  local package=$1 name=$2 mode=$3 machine=x86_64-linux-gnu run=()
  local work="$folder/work/$package"
  shift 3
  [ "$mode" = cross ] || { machine=$host; run=(emulated); }
  rm -rf "$work" "${folder:?}/$name"
  mkdir -p "$folder/work"
  cp -a "$folder/sources/$package" "$work"
  (
    cd "$work" || exit 1
    export CFLAGS="${PAIR_CFLAGS:--O2 -ffile-prefix-map=$work=.}" SOURCE_DATE_EPOCH=1700000000 CONFIG_SHELL=/bin/bash FORCE_UNSAFE_CONFIGURE=1
    export CC=$host-gcc AR=$host-ar RANLIB=$host-ranlib STRIP=$host-strip NM=$host-nm CC_FOR_BUILD=gcc
    ${run[@]+"${run[@]}"} ./configure --build=$machine --host=$host --prefix=/usr "$@" > "../$name.log" 2>&1 &&
    make -s > "../$name.make" 2>&1 &&
    make -s install DESTDIR="$folder/$name" > "../$name.install" 2>&1 || exit 1
    [ ! -e config.h ] || install -D config.h "$folder/$name/usr/include/$package/config.h"
  ) || { echo "$name: the build failed; see $folder/work/$name.*" >&2; return 1; }
  # What a build prints, and the variables behind the answers, of which config.log has a list.
  { cat "$folder/work/$name.log"; sed -n '/^## Cache variables/,/^## Output/p' "$work/config.log"; } > "$folder/$name.log"
}

# Both builds of a package: pair PACKAGE CONFIGURE-ARGUMENTS...
pair() {
  local package=$1
  shift
  build "$package" "$package-cross" cross "$@"
  build "$package" "$package-native" native "$@"
}

# Every test of this configure that must run a program, answered as on armhf, but for two that nobody thinks of.
apr_answers=(ac_cv_file__dev_zero=yes ac_cv_func_setpgrp_void=yes apr_cv_process_shared_works=yes apr_cv_mutex_robust_shared=yes
  apr_cv_mutex_recursive=yes apr_cv_tcp_nodelay_with_cork=yes apr_cv_accept4=yes apr_cv_sock_cloexec=yes apr_cv_epoll=yes
  apr_cv_epoll_create1=yes apr_cv_dup3=yes apr_cv_type_rwlock_t=yes ac_cv_struct_rlimit=yes ac_cv_o_nonblock_inherited=no
  ac_cv_define_PTHREAD_PROCESS_SHARED=yes ac_cv_negative_eai=yes ac_cv_working_getaddrinfo=yes ac_cv_working_getnameinfo=yes
  ac_cv_func_sem_open=yes apr_cv_gai_addrconfig=yes apr_cv_pthreads_lib=-lpthread apr_cv_pthreads_cflags=none)
apr_missing=(apr_cv_use_lfs64=yes ap_cv_atomic_builtins=yes ap_cv_atomic_builtins64=yes ap_cv__atomic_builtins=yes ap_cv__atomic_builtins64=yes)

build_apr() {
  prepare apr
  # It sets this answer back to "no" later on, whatever was given.
  perl -0pi -e 's/(if test "\$cross_compiling" = yes\nthen :\n  )ac_cv_file__dev_zero=no/$1:/' "$folder/sources/apr/configure"
  build apr apr-cross cross "${apr_answers[@]}"
  build apr apr-native native
  build apr apr-mended cross "${apr_answers[@]}" "${apr_missing[@]}"
}

# Built at two paths, with debug information split off, as distributions do: the code is the same, what names the build is not.
build_expat() {
  unpack expat expat
  : > "$folder/sources/expat/lib/expat_config.h"
  local name work
  for name in expat-cross expat-native; do
    work="$folder/work/$name-tree"
    rm -rf "$work"
    cp -a "$folder/sources/expat" "$work"
    mkdir -p "$folder/$name/usr/lib" "$folder/$name/usr/include"
    (
      cd "$work/lib" || exit 1
      $host-gcc -O2 -g -fPIC -shared -Wl,-soname,libexpat.so.1 -Wl,--build-id=sha1 -DXML_ENABLE_VISIBILITY=1 -fvisibility=hidden -DXML_POOR_ENTROPY -DXML_NS -DXML_DTD \
        -DXML_CONTEXT_BYTES=1024 -DBYTEORDER=1234 -DHAVE_MEMMOVE=1 -I. -o libexpat.so xmlparse.c xmlrole.c xmltok.c &&
        $host-objcopy --only-keep-debug libexpat.so libexpat.debug &&
        $host-strip --strip-unneeded --remove-section=.comment libexpat.so &&
        $host-objcopy --add-gnu-debuglink=libexpat.debug libexpat.so
    )
    cp "$work/lib/libexpat.so" "$folder/$name/usr/lib/libexpat.so.1"
    cp "$work/lib/expat.h" "$work/lib/expat_external.h" "$folder/$name/usr/include/"
  done
}

# Tables that a program computes at build time, by that program compiled for the build machine and for the host.
build_judy() {
  unpack judy
  local common="$folder/sources/judy/src" name
  (
    cd "$common/JudyCommon" || exit 1
    gcc -w -DJUDYL -I. -I.. -I../JudyL -o tables-build JudyTables.c && $host-gcc -w -DJUDYL -I. -I.. -I../JudyL -o tables-host JudyTables.c || exit 1
    for name in judy-cross judy-native; do
      mkdir -p "$folder/$name/usr/lib"
      if [ $name = judy-cross ]; then ./tables-build; else emulated ./tables-host; fi > /dev/null
      $host-gcc -w -O2 -fPIC -DJUDYL -I. -I.. -I../JudyL -c -o "$folder/$name/usr/lib/JudyLTables.o" JudyLTables.c || exit 1
    done
  )
}

# Linkers before 2023 aligned the segments of armhf to 64 KiB, later ones to 4 KiB.
build_zlib() {
  unpack zlib
  local name size
  for name in zlib-cross:0x1000 zlib-native:0x10000; do
    size=${name#*:} name=${name%:*}
    mkdir -p "$folder/$name/usr/lib"
    (
      cd "$folder/sources/zlib" || exit 1
      $host-gcc -O3 -fPIC -shared -Wl,-soname,libz.so.1 -Wl,-z,max-page-size=$size -Wl,--version-script,zlib.map -D_LARGEFILE64_SOURCE=1 -DHAVE_HIDDEN -DHAVE_UNISTD_H \
        -s -o "$folder/$name/usr/lib/libz.so.1" adler32.c crc32.c deflate.c infback.c inffast.c inflate.c inftrees.c trees.c zutil.c compress.c uncompr.c gzclose.c gzlib.c gzread.c gzwrite.c
    )
  done
}

# One library linked with run paths that differ in the hash alone, and with ones of another length.
build_rpath() {
  local objects="$folder/work/jansson/src/*.o" name path
  for name in \
    rpath-cross:/nix/store/1b9zz3jm8n3kkqgskfnxd8wkbcs3kr7p-jansson-armv7l-unknown-linux-gnueabihf-2.14 \
    rpath-equal:/nix/store/i2mhg8nkkyw5qarqz6dgwrr2d1ya4xkg-jansson-armv7l-unknown-linux-gnueabihf-2.14 \
    rpath-native:/nix/store/i2mhg8nkkyw5qarqz6dgwrr2d1ya4xkg-jansson-2.14; do
    path=${name#*:} name=${name%%:*}
    mkdir -p "$folder/$name/lib"
    $host-gcc -shared -Wl,-soname,libjansson.so.4 -Wl,-rpath,"$path/lib" -Wl,--build-id=none -o "$folder/$name/lib/libjansson.so.4" $(compgen -G "$objects")
  done
}

# What "configure" said lies in FOLDER/NAME.log, so that the pairs can be compared as the logs of Nix allow.
packages() {
  { prepare popt && pair popt --disable-static --disable-nls; } || return 1
  { prepare jansson && pair jansson --disable-static && build_rpath; } || return 1
  build_expat && build_judy && build_zlib
}

# The two long ones side by side with the short ones.
build_bash() { prepare bash && pair bash --without-bash-malloc --disable-nls; }

if [ -n "${3:-}" ]; then "$3"; exit; fi
build_bash & bash_build=$!
build_apr && packages
wait "$bash_build"
rm -rf "$folder/work" "$folder/sources"
touch "$folder/complete"
