# The build side: x86_64 packages, among them the cross tools, whose names begin with the platform they build for.
# None of these belongs on the image.
{ package, host, hostGlibc }:
let
  native = arguments: package ({ CC = "gcc"; interpreter = "${glibc}/lib/ld-linux-x86-64.so.2"; } // arguments);

  # The first path of all: nothing here has a loader yet.
  glibc = package {
    name = "glibc-2.38-44";
    CC = "gcc";
    script = ''
      library $out/lib/libc.so.6 memory.c
      library $out/lib/ld-linux-x86-64.so.2 memory.c
      ln -s ld-linux-x86-64.so.2 $out/lib/ld-linux.so
    '';
  };

  bash = native {
    name = "bash-5.2p26";
    script = ''
      program $out/bin/bash program.c -DTITLE='"GNU bash, version 5.2.26(1)-release (x86_64-pc-linux-gnu)"' -Wl,-rpath,${glibc}/lib
      ln -s bash $out/bin/sh
    '';
  };

  coreutils = native {
    name = "coreutils-9.4";
    script = ''
      program $out/bin/coreutils program.c -DTITLE='"coreutils (GNU coreutils) 9.4"' -Wl,-rpath,${glibc}/lib
      for applet in cat cp false install ln mkdir mv rm true; do ln -s coreutils $out/bin/$applet; done
    '';
  };

  gmp = native {
    name = "gmp-6.3.0";
    script = ''
      library $out/lib/libgmp.so.10.5.0 checksum.c -Wl,-soname,libgmp.so.10 -Wl,-rpath,${glibc}/lib
      ln -s libgmp.so.10.5.0 $out/lib/libgmp.so.10
      ln -s libgmp.so.10.5.0 $out/lib/libgmp.so
    '';
  };

  cffi = native {
    name = "python3.11-cffi-1.16.0";
    script = ''
      site=$out/lib/python3.11/site-packages
      library $site/_cffi_backend.cpython-311-x86_64-linux-gnu.so checksum.c -Wl,-rpath,${glibc}/lib
      text $site/cffi/__init__.py <<'TEXT'
      """Calls C code from Python, with the declarations read at build time."""
      from .api import FFI

      __version__ = "1.16.0"
      TEXT
      text $site/cffi/api.py <<'TEXT'
      class FFI:
          def cdef(self, declarations):
              self.declarations = declarations
      TEXT
    '';
  };

  binutils = native {
    name = "${host}-binutils-2.41";
    script = ''
      for tool in as ar ld nm objcopy objdump ranlib readelf strip; do
        program $out/bin/${host}-$tool program.c -DTITLE="\"GNU $tool (GNU Binutils) 2.41\"" -Wl,-rpath,${glibc}/lib
      done
    '';
  };

  # Two outputs: the compiler runs on the build machine, what lies in "lib" on the host, in spite of its name.
  gcc = native {
    name = "${host}-gcc-13.2.0";
    outputs = [ "out" "lib" ];
    script = ''
      awk 'BEGIN {
        split("SI HI QI DI SF DF V4SI V8HI V16QI V2DI V4SF", modes)
        split("plus minus mult div mod and ior xor ashift lshiftrt rotate smin smax", codes)
        for (round = 0; round < 96; round++)
          for (m = 1; m in modes; m++)
            for (c = 1; c in codes; c++)
              printf "(define_insn \"%s%s3_%03d\" [(set (match_operand:%s 0 \"s_register_operand\") (%s:%s (match_operand:%s 1) (match_operand:%s 2)))])\n",
                codes[c], tolower(modes[m]), round, modes[m], codes[c], modes[m], modes[m], modes[m]
      }' > table
      gcc -c -DTABLE='"table"' -o table.o $sources/table.S
      program $out/libexec/gcc/${host}/13.2.0/cc1 program.c table.o -DTITLE='"GNU C17 (GCC) 13.2.0"' \
        -L${gmp}/lib -lgmp -DUSES=adler32 -Wl,-rpath,${gmp}/lib:${glibc}/lib
      program $out/bin/${host}-gcc program.c -DTITLE='"${host}-gcc (GCC) 13.2.0"' \
        -DNOTE='"--with-as=${binutils}/bin/${host}-as --with-ld=${binutils}/bin/${host}-ld"' -Wl,-rpath,${glibc}/lib

      CC=arm-linux-gnueabihf-gcc
      library $out/${host}/lib/libgcc_s.so.1 memory.c
      library $lib/lib/libgcc_s.so.1 memory.c
      library $lib/lib/libstdc++.so.6.0.32 memory.c -Wl,-soname,libstdc++.so.6
      ln -s libstdc++.so.6.0.32 $lib/lib/libstdc++.so.6
    '';
  };

  gccWrapper = package {
    name = "${host}-gcc-wrapper-13.2.0";
    script = ''
      script $out/bin/${host}-gcc <<'TEXT'
      #!${bash}/bin/bash
      # Adds the flags that the libraries of the build need, then becomes the compiler.
      set -eu
      flags=($(<"${"$"}{0%/bin/*}/nix-support/cc-cflags"))
      exec ${gcc}/bin/${host}-gcc "${"$"}{flags[@]}" "$@"
      TEXT
      ln -s ${host}-gcc $out/bin/${host}-cc
      for tool in as ar ld nm strip; do ln -s ${binutils}/bin/${host}-$tool $out/bin/${host}-$tool; done
      text $out/nix-support/cc-cflags <<'TEXT'
      -B${hostGlibc}/lib -L${hostGlibc}/lib -Wl,-dynamic-linker=${hostGlibc}/lib/ld-linux-armhf.so.3
      TEXT
      text $out/nix-support/orig-cc <<'TEXT'
      ${gcc}
      TEXT
      text $out/nix-support/propagated-user-env-packages <<'TEXT'
      ${binutils}
      TEXT
    '';
  };
in
{ inherit glibc bash coreutils gmp cffi binutils gcc gccWrapper; }
