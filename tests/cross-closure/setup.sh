# Sourced by the builder of every package of packages.nix; the package's own lines are in $build.
configureFor() {
  CFLAGS=${CFLAGS:--O0} ./configure --prefix="$out" --build=x86_64-unknown-linux-gnu --host="$host" --disable-silent-rules "$@" \
    || { tail -40 config.log; exit 1; }
}

mkdir source
tar xf "$src" -C source --strip-components=1 || { rm -rf source; mkdir source; tar xf "$src" -C source; }
cd source
export AR=$host-ar RANLIB=$host-ranlib STRIP=$host-strip NM=$host-nm
eval "$build"

rm -rf "$out/share/man" "$out/share/info" "$out/share/doc" "$out/man"
if [ -n "$stripping" ]; then
  for file in $(find "$out" -type f \( -perm -0100 -o -name '*.so*' \)); do "$host-strip" --strip-unneeded "$file" 2> /dev/null || true; done
fi
if [ -n "$hostShell" ]; then
  for file in $(find "$out" -type f -perm -0100); do sed -i "1s,^#! */bin/sh,#!$hostShell," "$file"; done
fi
