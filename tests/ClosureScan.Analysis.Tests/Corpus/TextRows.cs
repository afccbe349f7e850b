using System.Collections.Immutable;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;

using static ClosureScan.Analysis.Tests.Corpus.CorpusMachine;
using static ClosureScan.Analysis.Tests.Corpus.CorpusTarget;

namespace ClosureScan.Analysis.Tests.Corpus;

/// <summary>Leaks in what builds leave behind as text, in nix-support and in symlinks.</summary>
internal static class TextRows
{
    public static ImmutableArray<CorpusRow> Rows { get; } =
    [
        // Both ends are the host's: the way to the shebang of L03.
        new("L04", 'V', Arm, Plant.Text("glibc@-2.27-dev", "nix-support/propagated-build-inputs", Mechanism.NixSupport, Native("glibc@-2.27-bin"), "<it>\n") with
        {
            Rule = RuleIds.ForbiddenReference,
        }),
        new("L07", 'V', Arm, Plant.Text("nix@-2.3.3", "share/nix/corepkgs/config.nix", Mechanism.Text, Bash,
            "let fromEnv = var: def: def; in rec {\n  shell = fromEnv \"SHELL\" \"<it>/bin/bash\";\n}\n") with { Effect = Effect.Breaks }),
        new("L09", 'V', Arm,
            Plant.Link("system-path", "share/doc/nix", Texts("nix-2.11.0-doc"), "/share/doc/nix") with { Rule = null },
            Plant.Text("nix-2.11.0-doc", "share/doc/nix/manual/index.html", Mechanism.Text, new("nix-2.11.0", "nix@-2.11.0"), "<code><it>/bin/nix-build</code>\n") with
            {
                Effect = Effect.Bloats,
            }),
        new("L17", 'V', Arm,
            Plant.Text("perl@-5.28.1", "lib/perl5/5.28.1/armv7l-linux/CORE/config.h", Mechanism.Text, Texts("perl-5.28.1.tar.gz"), "#define PERL_SRC \"<it>\"\n") with
            {
                Rule = RuleIds.ForbiddenReference,
            },
            Plant.Text("perl@-5.28.1", "lib/perl5/5.28.1/armv7l-linux/Config_heavy.pl", Mechanism.Sysconfig, Coreutils,
                "# This file was created by configpm when Perl was built.\npackage Config;\npager='<it>/bin/more'\n")),
        new("L18", 'V', Arm, Plant.Text("perl@-5.24.0", "lib/perl5/5.24.0/armv7l-linux/Config.pm", Mechanism.Sysconfig, CrossWrapper,
            "package Config;\nour %Config = (\n    cc => '<it>/bin/cc',\n);\n")),
        new("L19", 'V', Arm,
            Plant.Text("ruby@-3.1.2", "lib/ruby/3.1.0/armv7l-linux/rbconfig.rb", Mechanism.Sysconfig, Bash,
                "module RbConfig\n  CONFIG = {}\n  CONFIG[\"SHELL\"] = \"<it>/bin/bash\"\nend\n"),
            Plant.InLibrary("ruby@-3.1.2", "lib/libruby-3.1.so.3.1.2", CrossWrapper, "CC=<it>/bin/gcc CFLAGS=-O2")),
        new("L20", 'V', Arm, Plant.Text("ruby@-3.3.4", "lib/ruby/gems/3.3.0/gems/debug-1.9.1/ext/debug/exts.mk", Mechanism.Makefile, new("ruby-3.3.3", "ruby@-3.3.3"),
            "RUBY = <it>/bin/ruby\nall:\n\t$(RUBY) -v\n")),
        new("L23", 'V', Arm, Plant.Text("python3.9-pycares-4.0.0@", "nix-support/propagated-native-build-inputs", Mechanism.NixSupport,
            new("python3.9-cffi-1.14.6", "python3.9-cffi-1.14.6@"), "<it> ")),
        new("L36", 'P', Arm, Plant.Text("graphicsmagick@-1.3.42", "lib/GraphicsMagick-1.3.42/config/delegates.mgk", Mechanism.Text, Coreutils,
            "<delegatemap>\n  <delegate decode=\"mpeg\" command='<it>/bin/mv \"%i\" \"%o\"' />\n</delegatemap>\n") with { Effect = Effect.Breaks }),

        // The carrier was not told. This is where rpm keeps the tools that its configure script finds.
        new("L39", 'N', Arm, Plant.Text("rpm@-4.18.1", "lib/rpm/macros", Mechanism.Text, Coreutils, "%__mkdir\t<it>/bin/mkdir\n") with { Effect = Effect.Breaks }),
        new("L61", 'V', Intel,
            Plant.Text("netcdf-4.9.0", "lib/libnetcdf.settings", Mechanism.Text, Gcc, "C Compiler:\t\t<it>/bin/gcc\n") with { Rule = RuleIds.ForbiddenReference },
            Plant.Text("hdf5-1.14.0", "bin/h5cc", Mechanism.ScriptBody, Native("gcc-wrapper-13.2.0"), "#!/bin/sh\nCCBASE=\"<it>/bin/gcc\"\n", executable: true) with
            {
                Rule = RuleIds.ForbiddenReference,
            }) { IsNative = true },
        new("L64", 'V', Intel, Plant.Text("guile-2.2.0", "nix-support/propagated-native-build-inputs", Mechanism.NixSupport, Native("libtool-2.4.6"), "<it> ") with
        {
            Rule = RuleIds.ForbiddenReference,
        }) { IsNative = true },
        new("L69", 'V', Intel, Plant.Text("nodejs-18.16.0", "include/node/config.gypi", Mechanism.Sysconfig, Texts("zlib-1.2.13-dev"),
            "{ 'target_defaults': { 'include_dirs': [ '<it>/include' ] } }\n") with { Rule = RuleIds.ForbiddenReference }) { IsNative = true },
    ];
}
