# The build side: Debian's own x86_64 programs and its cross compiler, copied into store paths that refer to each other as
# those of Nixpkgs do. The copies run, and nothing else compiles what lies in packages.nix.
{ host }:
let
  triplet = "arm-linux-gnueabihf"; # what Debian calls the host

  path = { name, script, outputs ? [ "out" ] }: derivation {
    inherit name outputs;
    system = "x86_64-linux";
    builder = "/bin/bash";
    # See HoldLog in tests/ClosureScan.Testing/RealNix.cs for the trap.
    args = [ "-euc" "trap 'sleep 0.1 &' EXIT; ${script}" ];
    PATH = "/usr/bin:/bin";
  };

  # Copies programs and lets the store's own C library run them.
  programs = name: files: path {
    inherit name;
    script = ''
      mkdir -p $out/bin
      for file in ${toString files}; do
        cp -L "$file" $out/bin/
        patchelf --set-interpreter ${glibc}/lib/ld-linux-x86-64.so.2 --set-rpath ${glibc}/lib "$out/bin/$(basename "$file")"
      done
    '';
  };

  glibc = path {
    name = "glibc-2.36";
    script = ''
      mkdir -p $out/lib
      for library in ld-linux-x86-64.so.2 libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0; do
        cp -L /lib/x86_64-linux-gnu/$library $out/lib/
      done
    '';
  };

  bash = path {
    name = "bash-5.2";
    script = ''
      mkdir -p $out/bin
      cp -L /bin/bash $out/bin/bash
      patchelf --set-interpreter ${glibc}/lib/ld-linux-x86-64.so.2 --set-rpath ${glibc}/lib $out/bin/bash
      ln -s bash $out/bin/sh
    '';
  };

  coreutils = programs "coreutils-9.1" (map (name: "/usr/bin/${name}") [
    "basename" "cat" "chmod" "cp" "cut" "date" "dirname" "env" "expr" "false" "head" "install" "ln" "ls" "mkdir" "mv"
    "printf" "pwd" "rm" "rmdir" "sort" "tail" "test" "touch" "tr" "true" "uname" "uniq" "wc"
  ]);
  sed = programs "gnused-4.9" [ "/usr/bin/sed" ];
  grep = programs "gnugrep-3.8" [ "/usr/bin/grep" ];

  binutils = path {
    name = "${host}-binutils-2.40";
    script = ''
      mkdir -p $out/bin
      for tool in ar as ld nm objcopy objdump ranlib readelf strip; do
        cp -L /usr/bin/${triplet}-$tool $out/bin/${host}-$tool
        patchelf --set-interpreter ${glibc}/lib/ld-linux-x86-64.so.2 --set-rpath ${glibc}/lib $out/bin/${host}-$tool
      done
    '';
  };

  gcc = path {
    name = "${host}-gcc-12.2.0";
    script = ''
      version=$(${triplet}-gcc -dumpversion)
      private=$out/lib/gcc-cross/${triplet}/$version
      mkdir -p $out/bin $out/${triplet}/bin $private
      cp -L "$(readlink -f /usr/bin/${triplet}-gcc)" $out/bin/${host}-gcc
      cp -L "$(readlink -f /usr/bin/${triplet}-cpp)" $out/bin/${host}-cpp
      cd /usr/lib/gcc-cross/${triplet}/$version
      cp -RL cc1 collect2 lto-wrapper liblto_plugin.so include crt*.o libgcc.a libgcc_eh.a libgcc_s.so libatomic.a $private/
      for program in $out/bin/* $private/cc1 $private/collect2 $private/lto-wrapper; do
        patchelf --set-interpreter ${glibc}/lib/ld-linux-x86-64.so.2 --set-rpath ${glibc}/lib $program
      done
      for tool in ar as ld nm ranlib; do ln -s ${binutils}/bin/${host}-$tool $out/${triplet}/bin/$tool; done
    '';
  };

  # The host's C library, as Debian built it for its cross compiler.
  hostGlibc = path {
    name = "glibc-${host}-2.36";
    script = ''
      cp -RL /usr/${triplet}/. $out
      chmod -R u+w $out
      rm -rf $out/bin $out/include/c++ $out/lib/lib[agu]*san* $out/lib/libstdc++*
      for script in $(grep -rIl 'GNU ld script' $out/lib); do
        sed -i "s,/usr/${triplet}/lib/,$out/lib/,g" $script
      done
    '';
  };

  gccWrapper = path {
    name = "${host}-gcc-wrapper-12.2.0";
    script = ''
      mkdir -p $out/bin $out/nix-support
      echo ${gcc} > $out/nix-support/orig-cc
      echo ${hostGlibc} > $out/nix-support/orig-libc
      echo '-B${hostGlibc}/lib -isystem ${hostGlibc}/include -L${hostGlibc}/lib' > $out/nix-support/cc-flags
      echo '-Wl,-dynamic-linker,${hostGlibc}/lib/ld-linux-armhf.so.3 -Wl,-rpath,${hostGlibc}/lib' > $out/nix-support/link-flags
      cat > $out/bin/${host}-gcc <<TEXT
      #!${bash}/bin/bash
      read -r -a flags < $out/nix-support/cc-flags
      case " \$* " in
        *' -c '* | *' -E '* | *' -S '* | *' -M '* | *' -MM '*) ;;
        *) read -r -a link < $out/nix-support/link-flags; flags+=("\''${link[@]}") ;;
      esac
      exec ${gcc}/bin/${host}-gcc "\$@" "\''${flags[@]}" \''${NIX_LDFLAGS:-}
      TEXT
      chmod +x $out/bin/${host}-gcc
      ln -s ${host}-gcc $out/bin/${host}-cc
      for tool in ar as ld nm objcopy objdump ranlib readelf strip; do
        ln -s ${binutils}/bin/${host}-$tool $out/bin/${host}-$tool
      done
    '';
  };
in
{ inherit path glibc bash coreutils sed grep binutils gcc gccWrapper hostGlibc; }
