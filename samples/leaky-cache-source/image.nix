# The closure of a small Raspberry Pi system, cross-compiled for armv7l on x86_64, with six leaks of the build side.
# Each of them is one that was found in a real closure; where it sits is marked LEAK. What looks like a leak and is
# none is marked TRAP. With "fixed" the same system without the six: every package as it is after the fix.
{ fixed ? false }:
let
  host = "armv7l-unknown-linux-gnueabihf";
  package = import ./package.nix;
  build = import ./build-platform.nix { inherit package host; hostGlibc = glibc; };
  loader = "${glibc}/lib/ld-linux-armhf.so.3";
  cross = arguments: package ({ CC = "arm-linux-gnueabihf-gcc"; interpreter = loader; } // arguments);

  choose = leaky: right: if fixed then right else leaky;

  glibc = package {
    name = "glibc-${host}-2.38-44";
    CC = "arm-linux-gnueabihf-gcc";
    script = ''
      library $out/lib/libc.so.6 memory.c
      library $out/lib/ld-linux-armhf.so.3 memory.c
      text $out/share/i18n/SUPPORTED <<'TEXT'
      C.UTF-8/UTF-8
      en_GB.UTF-8/UTF-8
      TEXT
    '';
  };

  # TRAP: the twin of the x86_64 bash; scripts that name this one are right.
  bash = cross {
    name = "bash-${host}-5.2p26";
    script = ''
      program $out/bin/bash program.c -DTITLE='"GNU bash, version 5.2.26(1)-release (arm-unknown-linux-gnueabihf)"' -Wl,-rpath,${glibc}/lib
      ln -s bash $out/bin/sh
    '';
  };

  zlib = cross {
    name = "zlib-${host}-1.3.1";
    script = ''
      library $out/lib/libz.so.1.3.1 checksum.c -Wl,-soname,libz.so.1
      ln -s libz.so.1.3.1 $out/lib/libz.so.1
      ln -s libz.so.1.3.1 $out/lib/libz.so
      text $out/lib/pkgconfig/zlib.pc <<TEXT
      prefix=$out
      libdir=$out/lib

      Name: zlib
      Description: checksums and compression
      Version: 1.3.1
      Libs: -L$out/lib -lz
      TEXT
    '';
  };

  # TRAP: the recorded compiler was scrubbed; no store path has the letter e in its hash.
  openssl = cross {
    name = "openssl-${host}-3.0.13";
    script = ''
      library $out/lib/libcrypto.so.3 digest.c \
        -DCOMPILER='"compiler: /nix/store/eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee-${host}-gcc-wrapper-13.2.0/bin/${host}-gcc -fPIC -O2"'
      ln -s libcrypto.so.3 $out/lib/libcrypto.so
    '';
  };

  # LEAK: curl-config tells the compiler, and with it comes the whole cross toolchain. Fix: it moves to an output that
  # only builds use.
  curl = cross {
    name = "curl-${host}-8.7.1";
    outputs = choose [ "out" ] [ "out" "dev" ];
    script = ''
      library $out/lib/libcurl.so.4.8.0 transfer.c -Wl,-soname,libcurl.so.4 \
        -L${zlib}/lib -lz -L${openssl}/lib -lcrypto -Wl,-rpath,${zlib}/lib:${openssl}/lib
      ln -s libcurl.so.4.8.0 $out/lib/libcurl.so.4
      ln -s libcurl.so.4.8.0 $out/lib/libcurl.so
      program $out/bin/curl program.c -DTITLE='"curl 8.7.1 (${host})"' -DUSES=transfer -L$out/lib -lcurl \
        -Wl,-rpath-link,${zlib}/lib:${openssl}/lib -Wl,-rpath,$out/lib:${glibc}/lib
      script ${choose "$out" "$dev"}/bin/curl-config <<TEXT
      #!${bash}/bin/sh
      prefix='$out'
      for option in "\$@"; do
        case "\$option" in
          --prefix) echo "\$prefix" ;;
          --version) echo 'libcurl 8.7.1' ;;
          --libs) echo "-L\$prefix/lib -lcurl" ;;
          --cc) echo '${build.gccWrapper}/bin/${host}-gcc' ;;
          --configure) echo "'--build=x86_64-unknown-linux-gnu' '--host=${host}' 'CC=${build.gccWrapper}/bin/${host}-gcc'" ;;
          *) echo "usage: curl-config --prefix | --version | --libs | --cc | --configure" >&2; exit 1 ;;
        esac
      done
      TEXT
    '';
  };

  # LEAK: two scripts whose interpreter the build's own bash became. Fix: the host's bash.
  kbd = cross {
    name = "kbd-${host}-2.6.4";
    script = ''
      program $out/bin/loadkeys program.c -DTITLE='"loadkeys from kbd 2.6.4"' -Wl,-rpath,${glibc}/lib
      for mode in start stop; do
        script $out/bin/unicode_$mode <<TEXT
      #!${choose build.bash bash}/bin/bash
      # Switches the console's keyboard for UTF-8: $mode.
      exec $out/bin/loadkeys --unicode-$mode "\$@"
      TEXT
      done
    '';
  };

  # LEAK: the compiler's own folder of target libraries stands in the RUNPATH, before the right one. Fix: without it.
  gpsd = cross {
    name = "gpsd-${host}-3.25";
    script = ''
      program $out/bin/gpsd program.c -DTITLE='"gpsd: 3.25"' \
        -Wl,-rpath,${choose "${build.gcc}/${host}/lib:" ""}${build.gcc.lib}/lib:${glibc}/lib
    '';
  };

  # LEAK: a generator that the build compiled for itself was installed. Fix: it is compiled for the host.
  systemd = cross {
    name = "systemd-minimal-${host}-255.4";
    script = ''
      program $out/lib/systemd/systemd program.c -DTITLE='"systemd 255"' -Wl,-rpath,${glibc}/lib
      program $out/bin/systemctl program.c -DTITLE='"systemctl 255"' -Wl,-rpath,${glibc}/lib
      program $out/lib/systemd/system-generators/systemd-fstab-generator program.c -DTITLE='"fstab"' -Wl,-rpath,${glibc}/lib
    '' + choose ''
      CC=gcc interpreter=${build.glibc}/lib/ld-linux-x86-64.so.2
      program $out/lib/systemd/system-generators/systemd-veritysetup-generator program.c -DTITLE='"veritysetup"'
    '' ''
      program $out/lib/systemd/system-generators/systemd-veritysetup-generator program.c -DTITLE='"veritysetup"' -Wl,-rpath,${glibc}/lib
    '';
  };

  # LEAK: a build tool of the binding is propagated from a package that is needed at run time. Fix: it is not.
  pycares = cross {
    name = "python3.11-pycares-4.4.0-${host}";
    script = ''
      site=$out/lib/python3.11/site-packages/pycares
      library $site/_cares.cpython-311-arm-linux-gnueabihf.so checksum.c
      text $site/__init__.py <<'TEXT'
      """Asynchronous name resolution."""
      from ._cares import lib

      __version__ = "4.4.0"
      TEXT
    '' + choose ''
      text $out/nix-support/propagated-native-build-inputs <<'TEXT'
      ${build.cffi}
      TEXT
    '' "";
  };

  # Only the fixed image has it.
  coreutils = cross {
    name = "coreutils-${host}-9.4";
    script = ''
      program $out/bin/coreutils program.c -DTITLE='"coreutils (GNU coreutils) 9.4"' -Wl,-rpath,${glibc}/lib
      ln -s coreutils $out/bin/false
    '';
  };

  # LEAK: a link to a program of the build's coreutils. Fix: to the host's.
  shadow = cross {
    name = "shadow-${host}-4.14.6";
    script = ''
      program $out/bin/passwd program.c -DTITLE='"passwd (shadow 4.14.6)"' -Wl,-rpath,${glibc}/lib
      ln -s ${choose build.coreutils coreutils}/bin/false $out/bin/nologin
    '';
  };

  # TRAP: text and data alone, so it has no platform in its name and none in its bytes.
  tzdata = package {
    name = "tzdata-2024a";
    script = ''
      mkdir -p $out/share/zoneinfo/Etc
      printf 'TZif\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\4\0\0\0\0\0\0UTC\0' > $out/share/zoneinfo/Etc/UTC
      ln -s Etc/UTC $out/share/zoneinfo/UTC
    '';
  };

  # TRAP: code for the processor of a wireless chip, in an ELF file of a third machine (94, Xtensa).
  firmware = package {
    name = "linux-firmware-20240312";
    CC = "arm-linux-gnueabihf-gcc";
    script = ''
      image=$out/lib/firmware/esp/wireless.elf
      mkdir -p $out/lib/firmware/esp
      $CC -O1 -c -o $image $sources/checksum.c
      printf '\136\0' | dd of=$image bs=1 seek=18 conv=notrunc status=none
    '';
  };

  # TRAP: a text file without a platform that is looked through: what it names is right.
  unit = package {
    name = "unit-gpsd.service";
    script = ''
      text $out/gpsd.service <<'TEXT'
      [Unit]
      Description=Position from the satellite receiver

      [Service]
      ExecStartPre=${bash}/bin/sh -c "test -e /dev/ttyAMA0"
      ExecStart=${gpsd}/bin/gpsd -N /dev/ttyAMA0
      TEXT
    '';
  };
in
package {
  name = "pi-image-${host}-1.0";
  script = ''
    mkdir -p $out/etc/systemd/system $out/sw/bin $out/sw/lib
    ln -s ${unit}/gpsd.service $out/etc/systemd/system/gpsd.service
    ln -s ${tzdata}/share/zoneinfo $out/etc/zoneinfo
    ln -s ${firmware}/lib/firmware $out/firmware
    ln -s ${systemd}/lib/systemd/systemd $out/systemd
    for program in ${bash}/bin/* ${curl}/bin/* ${kbd}/bin/* ${shadow}/bin/* ${systemd}/bin/*; do ln -s $program $out/sw/bin/; done
    ln -s ${pycares}/lib/python3.11 $out/sw/lib/python3.11
    printf armv7l-linux > $out/system
    text $out/etc/os-release <<'TEXT'
    ID=pi-image
    PRETTY_NAME="Pi image 1.0"
    TEXT
    script $out/init <<TEXT
    #!${bash}/bin/bash
    export PATH=$out/sw/bin
    exec $out/systemd "\$@"
    TEXT
  '';
}
