# The host side: upstream sources as Debian archives them, configured and installed by their own build systems with the
# compiler, shell and tools of toolchain.nix. Nothing here is told to leak; whether and where it does is up to upstream.
{ sources, host }:
let
  toolchain = import ./toolchain.nix { inherit host; };
  inherit (toolchain) bash coreutils sed grep gccWrapper hostGlibc;

  archives = builtins.attrNames (builtins.readDir sources);
  archive = package:
    let found = builtins.filter (file: builtins.match "${package}_.*[.]orig[.]tar[.].z2?" file != null) archives; in
    builtins.path { path = sources + "/${builtins.head found}"; name = "${package}.tar"; };

  flagsOf = inputs: toString (map (input: "-L${input}/lib -Wl,-rpath,${input}/lib") inputs);

  # What stdenv does of it: unpack, build with the wrapped compiler, strip, and give scripts the host's shell when it is an input.
  cross = { pname, version, source, build, inputs ? [ ], strip ? true, shell ? null }: derivation {
    name = "${pname}-${host}-${version}";
    system = "x86_64-linux";
    builder = "${bash}/bin/bash";
    args = [ "-euc" "trap 'sleep 0.1 &' EXIT; source $setup" ];
    setup = ./setup.sh;
    src = archive source;
    PATH = "${gccWrapper}/bin:${coreutils}/bin:${sed}/bin:${grep}/bin:${bash}/bin:/usr/bin:/bin";
    CC = "${gccWrapper}/bin/${host}-gcc";
    CONFIG_SHELL = "${bash}/bin/bash";
    SHELL = "${bash}/bin/bash";
    CPPFLAGS = toString (map (input: "-isystem ${input}/include") inputs);
    LDFLAGS = flagsOf inputs;
    stripping = if strip then "yes" else "";
    hostShell = if shell == null then "" else "${shell}/bin/sh";
    inherit build host;
  };
in
rec {
  hostBash = cross {
    pname = "bash";
    version = "5.2.15";
    source = "bash";
    # What cannot be run is told, as Nixpkgs tells it.
    build = ''
      configureFor --without-bash-malloc --disable-nls --disable-readline --disable-help-builtin bash_cv_getcwd_malloc=yes \
        bash_cv_dev_stdin=present bash_cv_job_control_missing=present bash_cv_sys_named_pipes=present \
        bash_cv_func_sigsetjmp=present bash_cv_wcwidth_broken=no bash_cv_unusable_rtsigs=no bash_cv_printf_a_format=yes
      make -j2 CC_FOR_BUILD=gcc
      make install
      ln -s bash $out/bin/sh
    '';
  };

  zlib = cross {
    pname = "zlib";
    version = "1.2.13";
    source = "zlib";
    build = ''
      CHOST=$host CFLAGS=-O1 ./configure --prefix=$out
      make -j2 libz.a libz.so.1.2.13
      make install-libs
    '';
  };

  bzip2 = cross {
    pname = "bzip2";
    version = "1.0.8";
    source = "bzip2";
    strip = false;
    build = ''
      make -j2 CC=$CC AR=$host-ar RANLIB=$host-ranlib CFLAGS='-g -O1 -D_FILE_OFFSET_BITS=64' libbz2.a bzip2 bzip2recover
      make install PREFIX=$out
    '';
  };

  gzip = cross {
    pname = "gzip";
    version = "1.12";
    source = "gzip";
    build = ''
      configureFor
      make -j2
      make install
    '';
  };

  libpng = cross {
    pname = "libpng";
    version = "1.6.39";
    source = "libpng1.6";
    inputs = [ zlib ];
    shell = hostBash;
    build = ''
      configureFor --disable-static --disable-tests --disable-tools
      make -j2 libpng16.la
      make install-libLTLIBRARIES install-binSCRIPTS install-pkgconfigDATA install-data
    '';
  };

  lua = cross {
    pname = "lua";
    version = "5.4.4";
    source = "lua5.4";
    build = ''
      make -j2 -C src CC=$CC AR="$host-ar rc" RANLIB=$host-ranlib SYSCFLAGS='-DLUA_USE_POSIX -DLUA_USE_DLOPEN' SYSLIBS='-Wl,-E -ldl' MYCFLAGS=-O1 all
      make install INSTALL_TOP=$out
    '';
  };

  mawk = cross {
    pname = "mawk";
    version = "1.3.4";
    source = "mawk";
    build = ''
      configureFor
      make BUILD_CC=gcc
      make install
    '';
  };

  tcl = cross {
    pname = "tcl";
    version = "8.6.13";
    source = "tcl8.6";
    inputs = [ zlib ];
    build = ''
      cd unix
      configureFor --enable-threads tcl_cv_strtod_unbroken=ok tcl_cv_strtoul_unbroken=ok tcl_cv_strstr_unbroken=ok
      make -j2 binaries
      make install-binaries
      ln -s tclsh8.6 $out/bin/tclsh
    '';
  };

  curl = cross {
    pname = "curl";
    version = "7.88.1";
    source = "curl";
    inputs = [ zlib ];
    shell = hostBash;
    build = ''
      configureFor --with-zlib=${zlib} --without-ssl --disable-static --disable-manual --disable-ldap --disable-dict --disable-gopher \
        --disable-imap --disable-mqtt --disable-pop3 --disable-rtsp --disable-smb --disable-smtp --disable-telnet --disable-tftp \
        --disable-ntlm --disable-unix-sockets --without-libpsl --without-brotli --without-zstd --disable-dependency-tracking
      make -j2 -C lib
      make -j2 -C src
      make -C lib install
      make -C src install
      make install-binSCRIPTS install-pkgconfigDATA
    '';
  };

  image = toolchain.path {
    name = "cross-image-${host}-1.0";
    script = ''
      mkdir -p $out/sw/bin
      for package in ${hostBash} ${bzip2} ${gzip} ${libpng} ${lua} ${mawk} ${tcl} ${curl}; do
        for program in $package/bin/*; do ln -sf $program $out/sw/bin/; done
      done
    '';
  };
}
