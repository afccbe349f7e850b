using System.Collections.Immutable;
using System.Text;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;

using static ClosureScan.Analysis.Tests.Corpus.CorpusMachine;
using static ClosureScan.Analysis.Tests.Corpus.CorpusTarget;

namespace ClosureScan.Analysis.Tests.Corpus;

/// <summary>Bloat in binaries of native builds. Nothing in it is of the wrong machine: it is a finding because a policy forbids the path.</summary>
internal static class NativeRows
{
    private static readonly CorpusTarget Go = Native("go-1.21.4");

    public static ImmutableArray<CorpusRow> Rows { get; } =
    [
        Row("L30", 'V', Plant.InProgram("unbound-1.13.1", "bin/unbound", Texts("openssl-1.1.1k-dev"), "Configure line: --with-ssl=<it> --with-libexpat=/usr")),
        Row("L31", 'V', Plant.InProgram("neomutt-20200814", "bin/.neomutt-wrapped", Texts("gpgme-1.14.0-dev"), "Compilation CFLAGS: -I<it>/include -O2")),
        Row("L43", 'V', Plant.RunPath("gcc-wrapper-6.4.0", "bin/expand-response-params", Native("bootstrap-tools"))),
        Row("L54", 'V', Plant.InProgram("thin-provisioning-tools-0.7.0", "bin/pdata_tools", Texts("boost-1.66.0-dev"), "<it>/include/boost/optional/optional.hpp")),
        Row("L55", 'V', Plant.InLibrary("webkitgtk-2.48.3", "lib/libwebkitgtk-6.0.so.4", Gcc, "<it>/include/c++/13.2.0/bits/unique_ptr.h")),
        Row("L56", 'V', Plant.InProgram("nix-2.17.0", "bin/nix", Texts("nlohmann_json-3.11.2-dev"), "<it>/include/nlohmann/json.hpp")),
        Row("L57", 'V', Plant.InLibrary("openal-soft-1.22.2", "lib/libopenal.so.1", Texts("pipewire-0.3.57-dev"), "<it>/include/spa-0.2/spa/utils/dict.h")),
        Row("L58", 'V',
            Plant.InProgram("docker-1.12.6", "bin/docker", Native("go-1.4.3"), "<it>/share/go/src/runtime/proc.go"),
            Plant.Elf("docker-1.12.6", "bin/docker-proxy", Mechanism.ElfDebug, Gcc,
                (site, elf) => elf.Section(".text", 1, 6, new byte[16]).Section(".debug_line", 1, 0, Strings(site, "<it>/include")), type: 2)),
        Row("L59", 'V', Plant.InProgram("containerd-17.12", "libexec/docker/docker-containerd", Native("go-1.9.2"), "<it>/share/go")),
        Row("L60", 'P', Plant.InLibrary("exiv2-0.28.1", "lib/libexiv2.so.28", Gcc, "<it>/include/c++/13.2.0/bits/regex.h")),
        Row("L62", 'V', Plant.InLibrary("opencv-4.7.0", "lib/libopencv_core.so.407", Gcc, "  C++ Compiler:                <it>/bin/g++  (ver 13.2.0)")),
        Row("L65", 'P', Plant.RunPath("pcre-8.38", "lib/libpcrecpp.so.0", Gcc, program: false)),
        Row("L66", 'V', Plant.InProgram("tool-0.1", "bin/tool", Native("pandoc-3.1-lib"), "<it>/lib/ghc-9.4/pandoc-3.1")),
        Row("L67", 'G', Plant.Elf("service-1.0", "bin/service", Mechanism.ElfRodata, Go,
            (site, elf) => elf.Section(".text", 1, 6, new byte[16]).Section(".gopclntab", 1, 2, Strings(site, "<it>/share/go/src/runtime/panic.go")), type: 2)),
    ];

    private static CorpusRow Row(string id, char certainty, params Plant[] plants) =>
        new(id, certainty, Intel, [.. plants.Select(plant => plant with { Rule = RuleIds.ForbiddenReference })]) { IsNative = true };

    private static byte[] Strings(CorpusSite site, string template) => Encoding.UTF8.GetBytes($"\0{site.Fill(template)}\0");
}
