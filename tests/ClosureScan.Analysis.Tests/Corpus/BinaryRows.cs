using System.Collections.Immutable;
using System.Text;
using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Testing;

using static ClosureScan.Analysis.Tests.Corpus.CorpusMachine;
using static ClosureScan.Analysis.Tests.Corpus.CorpusTarget;

namespace ClosureScan.Analysis.Tests.Corpus;

/// <summary>Leaks in binaries of cross builds: run paths, strings that were compiled in, debug information, and files of the wrong machine.</summary>
internal static class BinaryRows
{
    private static readonly CorpusTarget OldGcc = new("%-stage-final-gcc-7.4.0", "gcc@-7.4.0");
    private static readonly CorpusTarget StaticGcc = new("gcc-7.3.0-%-stage-static", "gcc-7.3.0@");
    private static readonly CorpusTarget Gnupg = new("gnupg-2.4.1", "gnupg@-2.4.1");
    private static readonly CorpusTarget Clang = new("clang-wrapper-16.0.6", "clang@-16.0.6", CorpusTargetKind.Wrapper);

    public static ImmutableArray<CorpusRow> Rows { get; } =
    [
        new("L01", 'V', Arm, Plant.RunPath("hello-cpp@-1", "bin/hello-cpp", OldGcc, $"/{Arm.Triple}/lib")),

        // Both ends are the host's: with L04 the way to the shebang of L03.
        new("L02", 'V', Arm, Plant.Elf("%-gcc-7.4.0-lib", "lib/libgcc_s.so.1", Mechanism.ElfDebug, Texts("glibc@-2.27-dev"),
            (site, elf) => elf.Dynamic(14, "libgcc_s.so.1").Section(".debug_line", 1, 0, Strings(site, "<it>/include/bits"))) with
        {
            Rule = RuleIds.ForbiddenReference,
        }),
        new("L05", 'V', Riscv64, Plant.Elf("glibc@-2.27", "lib/Scrt1.o", Mechanism.ElfDebug, StaticGcc,
            (site, elf) => elf.Section(".text", 1, 6, new byte[16]).Section(".debug_str", 1, 0, Strings(site, "<it>/lib/gcc/include")), type: 1)),
        new("L06", 'V', Arm, Plant.RunPath("hello@-2.10", "bin/hello", CrossGcc, $"/{Arm.Triple}/lib")),
        new("L08", 'V', Aarch64, Plant.InLibrary("nix@-2.1", "lib/libnixstore.so", new("busybox-1.28.1", "busybox@-1.28.1"), "/bin/sh=<it>/bin/busybox") with
        {
            Effect = Effect.Breaks,
        }),
        new("L27", 'P', Arm, Plant.RunPath("python3.11-psycopg2-2.9.5@", "lib/python3.11/site-packages/psycopg2/_psycopg.so",
            new("postgresql-15.2-lib", "postgresql@-15.2-lib"), program: false)),
        new("L28", 'V', Arm,
            Plant.Text("postgresql@-15.2", "lib/pgxs/src/Makefile.global", Mechanism.Makefile, CrossWrapper, "LD = <it>/bin/ld\nwith_gnu_ld = yes\n"),
            new Plant
            {
                Package = "postgresql@-15.2",
                File = "lib/bitcode/postgres/access/heap.bc",
                Carrier = site => new CorpusFile([(byte)'B', (byte)'C', 0xc0, 0xde, 0x35, 0x14, 0, 0, 5, 0, 0, 0, .. Strings(site, "<it>/resource-root/include")]),
                Target = Clang,
                Mechanism = Mechanism.Bitcode,
            }),
        new("L29", 'V', Arm, Plant.InLibrary("ffmpeg@-5.1.2", "lib/libavutil.so.57", CrossWrapper, "--prefix=<out> --host-cc=<it>/bin/cc --enable-cross-compile")),
        new("L32", 'P', Arm, Plant.InLibrary("gcr@-3.41.1", "lib/libgcr-base-3.so.1", Gnupg, "<it>/bin/gpg") with { Effect = Effect.Breaks }),
        new("L33", 'P', Arm, Plant.InProgram("gvfs@-1.52.0", "libexec/gvfsd-sftp", new("openssh-9.5p1", "openssh@-9.5p1"), "<it>/bin/ssh") with
        {
            Effect = Effect.Breaks,
        }),
        new("L35", 'P', Arm, Plant.InProgram("snapper@-0.10.5", "bin/snapper", new("diffutils-3.10", "diffutils@-3.10"), "<it>/bin/diff") with
        {
            Effect = Effect.Breaks,
        },
            Plant.InLibrary("snapper@-0.10.5", "lib/libsnapper.so.6", Coreutils, "<it>/bin/rm") with { Effect = Effect.Breaks }),

        // In a dev output: refused by a guard, never run on the host.
        new("L45", 'P', Arm,
            Plant.Shebang("linux@-4.19.2-dev", "lib/modules/4.19.2/build/scripts/checkpatch.pl", Perl, "/bin/perl", "use strict;\n") with { Effect = Effect.Bloats },
            Plant.WrongFile("linux@-4.19.2-dev", "lib/modules/4.19.2/build/scripts/basic/fixdep", Intel) with { Effect = Effect.Bloats }),
        new("L50", 'V', Aarch64, Foreign("zram-generator@-1.1.2", "lib/systemd/system-generators/zram-generator", Effect.Breaks)),
        new("L51", 'V', Arm, Foreign("qtbase@-5.15.12-dev", "bin/moc", Effect.Bloats)),
        new("L52", 'N', Arm, Foreign("jellyfin-media-player@-1.9.1", "bin/jellyfinmediaplayer", Effect.Breaks)),
        new("L53", 'V', Intel, Plant.WrongFile("glibc-multi@-2.40", "lib/32/libc.so.6", Aarch64, program: false) with { RightMachine = Intel32 }),

        // What of libc holds it was not told; an object of the static library is the likeliest.
        new("L71", 'N', Mipsel, new Plant
        {
            Package = "musl@-1.1.19",
            File = "lib/libc.a",
            Carrier = site => new CorpusFile(new ArchiveBuilder()
                .Member("/", new byte[8])
                .Member("crt1.o/", site.Machine.Elf(1).Section(".text", 1, 6, new byte[8]).Section(".debug_str", 1, 0, Strings(site, "<it>/lib/gcc")).Build())
                .Build()),
            Target = CrossGcc,
            Mechanism = Mechanism.ArchiveMember,
        }),
    ];

    private static Plant[] Foreign(string package, string file, Effect effect) =>
    [
        Plant.WrongFile(package, file, Intel) with { Effect = effect },
        Plant.WrongInterpreter(package, file, Intel, Glibc) with { Effect = effect },
    ];

    private static byte[] Strings(CorpusSite site, string template) => Encoding.UTF8.GetBytes($"\0{site.Fill(template)}\0");
}
