# Sourced by every builder. $CC is the compiler, $interpreter the dynamic loader of what it builds, $sources the C files.
# -nostdlib keeps the system's own libraries, and their versions, out of the results.
flags=(-O1 -fPIC -nostdlib -fno-stack-protector -fno-asynchronous-unwind-tables -Wl,--build-id=none -Wl,--hash-style=gnu
  -Wl,-z,noseparate-code -Wl,--enable-new-dtags)

# program DESTINATION SOURCE [COMPILER ARGUMENT...]
program() {
  local destination=$1 source=$2
  shift 2
  mkdir -p "$(dirname "$destination")"
  "${CC:?}" "${flags[@]}" -pie "-Wl,--dynamic-linker=${interpreter:?}" -o "$destination" "${sources:?}/$source" "$@"
}

# library DESTINATION SOURCE [COMPILER ARGUMENT...]; its soname is the file's name.
library() {
  local destination=$1 source=$2
  shift 2
  mkdir -p "$(dirname "$destination")"
  "${CC:?}" "${flags[@]}" -shared "-Wl,-soname,$(basename "$destination")" -o "$destination" "${sources:?}/$source" "$@"
}

# text DESTINATION: writes standard input. script DESTINATION: the same, executable.
text() { mkdir -p "$(dirname "$1")"; cat > "$1"; }
script() { text "$1"; chmod +x "$1"; }
