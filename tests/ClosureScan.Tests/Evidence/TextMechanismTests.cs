using ClosureScan.Evidence;
using static ClosureScan.Tests.Evidence.EvidenceHarness;

namespace ClosureScan.Tests.Evidence;

public sealed class TextMechanismTests
{
    public static TheoryData<string, string, Mechanism> Carriers => new()
    {
        { "bin/run", $"#!{Bash}/bin/bash\necho\n", Mechanism.Shebang },
        { "bin/run", $"#! {Bash}/bin/bash -e\necho\n", Mechanism.Shebang },
        { "bin/app.pyz", $"#!{Bash}/bin/python3\nPK\u0003\u0004\0\0", Mechanism.Shebang },
        { "bin/app.pyz", $"#!/bin/sh\nPK\u0003\u0004\0\0{Bash}", Mechanism.Data },
        { "share/data", $"#!\0{Bash}\n", Mechanism.Data },
        { "share/notes.sh", $"#!/bin/sh\nexec {Bash}/bin/bash\n", Mechanism.ScriptBody },
        { "bin/foo", $"#!/bin/sh -e\nexport PATH='/x'\nexec -a \"$0\" \"{Bash}/bin/.foo-wrapped\"  --add \"$@\" \n", Mechanism.Wrapper },
        { "bin/foo", $"#!/bin/sh -e\nexport PATH='{Bash}/bin'\nexec \"/out/bin/.foo-wrapped\" \"$@\"", Mechanism.Wrapper },
        { "bin/foo", $"#!/bin/sh\nexec {Bash}/bin/bash \"$@\"\n", Mechanism.ScriptBody },
        { "lib/libfoo.la", $"# libfoo.la - a libtool library file\ndependency_libs=' -L{Bash}/lib'\n", Mechanism.Libtool },
        { "lib/notlibtool.la", $"in nomine {Bash}\n", Mechanism.Text },
        { "lib/pkgconfig/foo.pc", $"prefix={Bash}\nName: foo\nLibs: -lfoo\n", Mechanism.PkgConfig },
        { "share/photo.pc", $"{Bash}\n", Mechanism.Text },
        { "lib/cmake/Foo/FooTargets.cmake", $"set_target_properties(Foo PROPERTIES IMPORTED_LOCATION \"{Bash}/lib\")\n", Mechanism.Cmake },
        { "lib/pgxs/src/Makefile.global", $"CC = {Bash}/bin/gcc\n", Mechanism.Makefile },
        { "lib/ruby/gems/3.3.0/gems/debug-1.9.1/exts.mk", $"ruby = {Bash}/bin/ruby\n", Mechanism.Makefile },
        { "bin/curl-config", $"#!/bin/sh\nprefix={Bash}\ncase --cflags\n", Mechanism.ConfigScript },
        { "bin/no-such-config", $"#!/bin/sh\necho {Bash}\n", Mechanism.ScriptBody },
        { "lib/python3.11/_sysconfigdata__linux_arm-linux-gnueabihf.py", $"build_time_vars = {{'CC': '{Bash}/bin/gcc'}}\n", Mechanism.Sysconfig },
        { "lib/python3.11/config-3.11-arm-linux-gnueabihf/Makefile", $"# Python\nCC={Bash}\n", Mechanism.Sysconfig },
        { "lib/perl5/5.40.0/armv7l-linux/Config.pm", $"package Config;\ncc => '{Bash}/bin/cc',\n", Mechanism.Sysconfig },
        { "lib/perl5/5.40.0/armv7l-linux/Config_heavy.pl", $"# This file is read by Config.pm\ncc='{Bash}/bin/cc'\n", Mechanism.Sysconfig },
        { "lib/ruby/3.3.0/armv7l-linux/rbconfig.rb", $"module RbConfig\nCONFIG[\"SHELL\"] = \"{Bash}/bin/bash\"\n", Mechanism.Sysconfig },
        { "lib/R/etc/Makeconf", $"R_HOME = x\nCC = {Bash}/bin/gcc\n", Mechanism.Sysconfig },
        { "include/node/config.gypi", $"{{ 'variables': {{ 'include_dirs': '{Bash}' }} }}\n", Mechanism.Sysconfig },
        { "lib/ghc-9.6/lib/settings", $"[(\"C compiler command\", \"{Bash}/bin/cc\")]\n", Mechanism.Sysconfig },
        { "lib/ghc-9.6/package.conf.d/base.conf", $"name: base\nid: base\nlibrary-dirs: {Bash}/lib\n", Mechanism.Sysconfig },
        { "include/php/main/build-defs.h", $"#define CONFIGURE_COMMAND \"{Bash}\"\n", Mechanism.Sysconfig },
        { "nix-support/propagated-build-inputs", $"{Bash} ", Mechanism.NixSupport },
        { "lib/nix-support/setup-hook", $"export A={Bash}\n", Mechanism.NixSupport },
        { "not-nix-support/setup-hook", $"export A={Bash}\n", Mechanism.Text },
        { "lib/libc.so", $"/* GNU ld script */\nOUTPUT_FORMAT(elf32-littlearm)\nGROUP ( {Bash}/lib/libc.so.6 )\n", Mechanism.Text },
        { "lib/systemd/system/sshd.service", $"[Service]\nExecStart={Bash}/bin/bash -c true\n", Mechanism.Text },
        { "share/blob", $"\0\u0001{Bash}/bin\0", Mechanism.Data },
    };

    [Theory]
    [MemberData(nameof(Carriers))]
    public void Text_of_a_known_kind_is_told_by_path_and_contents(string path, string contents, Mechanism expected)
    {
        ReferenceEvidence evidence = Single(path, contents);

        Assert.Equal(expected, evidence.Mechanism);
        Assert.Equal(contents.IndexOf(BashHash, StringComparison.Ordinal), evidence.Offset);
        Assert.Equal(path, evidence.File);
    }

    [Fact]
    public void Script_with_hits_in_both_parts_gives_one_piece_of_evidence_each()
    {
        string script = $"#!{Bash}/bin/bash\n{Bash}/bin/sh\n{Bash}/bin/sh\n";

        FoundReference found = Assert.Single(new EvidenceHarness().File("bin/run", script, executable: true).References());

        Assert.Equal(3, found.Count);
        Assert.Equal(1, found.FileCount);
        Assert.Equal([Mechanism.Shebang, Mechanism.ScriptBody], found.Evidence.Select(evidence => evidence.Mechanism));
        Assert.Equal([1, 2], found.Evidence.Select(evidence => evidence.Count));
        Assert.All(found.Evidence, evidence => Assert.True(evidence.Executable));
    }

    [Fact]
    public void Line_and_column_count_from_one()
    {
        ReferenceEvidence evidence = Single("etc/conf", $"a\n\n  x = {Bash}/bin/sh;\n");

        Assert.Equal(3, evidence.Line);
        Assert.Equal(7 + "/nix/store/".Length, evidence.Column);
        Assert.Equal($"x = {Bash}/bin/sh;", evidence.Context);
        Assert.Equal("/bin/sh", evidence.SubPath);
    }

    [Fact]
    public void Binary_data_has_no_line_and_its_context_is_the_string()
    {
        ReferenceEvidence evidence = Single("share/blob", $"\0\n\0first\0second {Bash}/lib:rest\0third");

        Assert.Null(evidence.Line);
        Assert.Null(evidence.Column);
        Assert.Equal($"second {Bash}/lib:rest", evidence.Context);
        Assert.Equal("/lib", evidence.SubPath);
    }
}
