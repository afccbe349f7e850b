using System.Collections.Immutable;
using System.Text;
using ClosureScan.Evidence;
using ClosureScan.Testing;
using static ClosureScan.Tests.Evidence.EvidenceHarness;

namespace ClosureScan.Tests.Evidence;

[Trait(Tier.Name, Tier.Real)]
public sealed class ElfMechanismTests(Compiled compiled) : IClassFixture<Compiled>
{
    private const string Main = "int main(void) { return 0; }\n";
    private const string Prints = "#include <stdio.h>\nint main(void) { return puts(\"" + Bash + "/bin/bash\"); }\n";

    public static TheoryData<string, string, string, Mechanism, string> Places
    {
        get
        {
            TheoryData<string, string, string, Mechanism, string> rows = [];
            foreach (string compiler in (string[])[Compiled.Native, Compiled.Arm])
            {
                rows.Add(compiler, Prints, "", Mechanism.ElfRodata, ".rodata");
                rows.Add(compiler, Prints, "-static", Mechanism.ElfRodata, ".rodata");
                rows.Add(compiler, $"char path[] = \"{Bash}/bin\";\n{Main}", "", Mechanism.ElfData, ".data");
                rows.Add(compiler, Main, $"-Wl,-rpath,/lib:{Bash}/lib -Wl,--enable-new-dtags", Mechanism.ElfRunpath, ".dynstr");
                rows.Add(compiler, Main, $"-Wl,-rpath,{Bash}/lib -Wl,--disable-new-dtags", Mechanism.ElfRunpath, ".dynstr");
                rows.Add(compiler, Main, $"-Wl,--dynamic-linker={Bash}/lib/ld.so", Mechanism.ElfInterpreter, ".interp");
                rows.Add(compiler, Main, $"-shared -fPIC -Wl,-soname,{Bash}/lib/libx.so", Mechanism.ElfNeeded, ".dynstr");
                rows.Add(compiler, $"__asm__(\".ident \\\"built by {Bash}/bin/cc\\\"\");\n{Main}", "", Mechanism.ElfComment, ".comment");
                rows.Add(compiler, $"__asm__(\".section .GCC.command.line,\\\"MS\\\",%progbits,1\\n.asciz \\\"-DSHELL={Bash}/bin/sh\\\"\\n.text\");\n{Main}", "", Mechanism.ElfComment, ".GCC.command.line");
                rows.Add(compiler, $"#line 1 \"{Bash}/include/x.h\"\n{Main}", "-g -gdwarf-5", Mechanism.ElfDebug, ".debug_");
                rows.Add(compiler, Main, $"-Wl,--defsym=at_{BashHash}=0", Mechanism.ElfOther, ".strtab");
                rows.Add(compiler, $"__asm__(\".section .note.x,\\\"\\\",%note\\n.asciz \\\"{Bash}/bin\\\"\\n.text\");\n{Main}", "", Mechanism.ElfOther, ".note.x");
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Hit_is_attributed_to_the_part_that_holds_it(string compiler, string source, string arguments, Mechanism expected, string section)
    {
        string file = compiled.Compile(compiler, source, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Compiled.Run(compiler == Compiled.Arm ? "arm-linux-gnueabihf-objcopy" : "objcopy", "--remove-section=.gnu.hash", file);

        ReferenceEvidence[] found = Scan(file);

        Assert.All(found, evidence => Assert.Equal(expected, evidence.Mechanism));
        ReferenceEvidence first = Assert.Single(found);
        Assert.StartsWith(section, first.Section, StringComparison.Ordinal);
        Assert.InRange(first.SectionOffset!.Value, 0, first.Offset);
        Assert.Null(first.Line);
        Assert.Contains(BashHash, first.Context, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Compiled.Native)]
    [InlineData(Compiled.Arm)]
    public void Every_mechanism_of_a_file_is_a_piece_of_evidence(string compiler)
    {
        string file = compiled.Compile(compiler, Prints, "-g", $"-Wl,-rpath,{Bash}/lib", $"-fdebug-prefix-map=/={Bash}/", $"-Wl,--dynamic-linker={Bash}/lib/ld.so");

        ReferenceEvidence[] found = Scan(file);

        Assert.Equal(
            [Mechanism.ElfDebug, Mechanism.ElfInterpreter, Mechanism.ElfRodata, Mechanism.ElfRunpath],
            found.Select(evidence => evidence.Mechanism).OrderBy(mechanism => mechanism.ToString()));
        Assert.Equal("/bin/bash", found.Single(evidence => evidence.Mechanism == Mechanism.ElfRodata).SubPath);
        Assert.Equal($"{Bash}/lib/ld.so", found.Single(evidence => evidence.Mechanism == Mechanism.ElfInterpreter).Context);
    }

    [Theory]
    [InlineData(Compiled.Native)]
    [InlineData(Compiled.Arm)]
    public void Loader_strings_that_patchelf_moved_are_found(string compiler)
    {
        string file = compiled.Compile(compiler, Main);
        string rest = string.Concat(Enumerable.Repeat(":/opt/some/where", 20));
        Compiled.Run("patchelf", "--set-interpreter", $"{Gcc}/lib/ld-linux.so", file);
        Compiled.Run("patchelf", "--add-needed", $"{Gcc}/lib/libx.so", file);
        Compiled.Run("patchelf", "--set-rpath", $"/lib:{Bash}/lib{rest}", file);

        ImmutableArray<FoundReference> found = new EvidenceHarness().File("bin/x", File.ReadAllBytes(file), executable: true).References();

        Assert.Equal([Mechanism.ElfRunpath], found[0].Evidence.Select(evidence => evidence.Mechanism));
        Assert.Equal(
            [Mechanism.ElfInterpreter, Mechanism.ElfNeeded],
            found[1].Evidence.Select(evidence => evidence.Mechanism).OrderBy(mechanism => mechanism.ToString()));
    }

    [Theory]
    [InlineData(Compiled.Native)]
    [InlineData(Compiled.Arm)]
    public void File_without_section_headers_is_attributed_by_segments(string compiler)
    {
        string file = compiled.Compile(compiler, Prints + $"char path[] = \"{Gcc}/bin\";\n", $"-Wl,-rpath,{Bash}/lib", $"-Wl,--dynamic-linker={Bash}/lib/ld.so", "-Wl,-z,separate-code");
        byte[] bytes = File.ReadAllBytes(file);
        bool is64 = bytes[4] == 2;
        bytes.AsSpan(is64 ? 40 : 32, is64 ? 8 : 4).Clear();
        bytes.AsSpan(is64 ? 60 : 48, 4).Clear();

        ImmutableArray<FoundReference> found = new EvidenceHarness().File("bin/x", bytes, executable: true).References();

        Assert.Equal(
            [Mechanism.ElfInterpreter, Mechanism.ElfRodata, Mechanism.ElfRunpath],
            found[0].Evidence.Select(evidence => evidence.Mechanism).OrderBy(mechanism => mechanism.ToString()));
        Assert.Equal(Mechanism.ElfData, Assert.Single(found[1].Evidence).Mechanism);
        Assert.All(found[0].Evidence, evidence => Assert.Null(evidence.Section));
    }

    [Fact]
    public void Compressed_debug_information_holds_no_reference()
    {
        string source = $"#line 1 \"{Bash}/include/x.h\"\n{Main}";
        Assert.NotEmpty(Scan(compiled.Compile(Compiled.Native, source, "-g")));

        Assert.Empty(Scan(compiled.Compile(Compiled.Native, source, "-g", "-gz=zlib")));
    }

    [Fact]
    public void Split_debug_information_is_debug_information()
    {
        string file = compiled.Compile(Compiled.Native, $"#line 1 \"{Bash}/include/x.h\"\n{Prints}", "-g", $"-Wl,-rpath,{Bash}/lib");
        Compiled.Run("objcopy", "--only-keep-debug", file);

        Assert.Equal([Mechanism.ElfDebug], Scan(file).Select(evidence => evidence.Mechanism));
    }

    [Fact]
    public void What_is_appended_behind_an_ELF_file_is_in_no_section()
    {
        string file = compiled.Compile(Compiled.Native, Main);
        File.AppendAllText(file, $"\0payload {Bash}/bin/sh\n");

        ReferenceEvidence evidence = Assert.Single(Scan(file));

        Assert.Equal(Mechanism.ElfOther, evidence.Mechanism);
        Assert.Null(evidence.Section);
        Assert.Null(evidence.SectionOffset);
        Assert.Equal($"payload {Bash}/bin/sh", evidence.Context);
    }

    [Fact]
    public void Program_that_keeps_a_makeCWrapper_command_is_a_wrapper()
    {
        string source = $$"""
            #include <stdlib.h>
            #include <unistd.h>
            int main(int argc, char **argv) {
                setenv("SHELL", "{{Bash}}/bin/bash", 1);
                argv[0] = "/bin/.tool-wrapped";
                return execv("/bin/.tool-wrapped", argv);
            }
            const char *DOCSTRING = "# made by:\n\n\nmakeCWrapper '/bin/.tool-wrapped' \\\n    --set 'SHELL' '{{Bash}}/bin/bash'\n";
            """;

        ReferenceEvidence[] found = Scan(compiled.Compile(Compiled.Native, source, $"-Wl,-rpath,{Gcc}/lib"));

        Assert.Equal([Mechanism.Wrapper, Mechanism.ElfRunpath], found.Select(each => each.Mechanism));
        ReferenceEvidence evidence = found[0];
        Assert.Equal(2, evidence.Count);
        Assert.StartsWith(".rodata", evidence.Section, StringComparison.Ordinal);
    }

    [Fact]
    public void ELF_for_no_machine_is_byte_code()
    {
        byte[] bytes = File.ReadAllBytes(compiled.Compile(Compiled.Native, Prints));
        bytes.AsSpan(18, 2).Clear();

        ReferenceEvidence evidence = Assert.Single(new EvidenceHarness().File("lib/guile/x.go", bytes).References()[0].Evidence);

        Assert.Equal(Mechanism.Bytecode, evidence.Mechanism);
        Assert.Equal(".rodata", evidence.Section);
    }

    [Fact]
    public void Archive_tells_member_and_section()
    {
        string first = compiled.Compile(Compiled.Arm, "int nothing;\n", "-c");
        string second = compiled.Compile(Compiled.Arm, Prints, "-c", "-O2");
        string archive = compiled.NewFile();
        string named = Path.Combine(Path.GetDirectoryName(second)!, "a-member-with-a-long-name.o");
        File.Copy(second, named, overwrite: true);
        Compiled.Run("arm-linux-gnueabihf-ar", "rcs", archive, first, named);

        ReferenceEvidence evidence = Assert.Single(Scan(archive));

        Assert.Equal(Mechanism.ArchiveMember, evidence.Mechanism);
        Assert.StartsWith("a-member-with-a-long-name.o:.rodata", evidence.Section, StringComparison.Ordinal);
        Assert.InRange(evidence.SectionOffset!.Value, 0, 64);
    }

    [Fact]
    public void Truncated_ELF_is_attributed_without_an_exception()
    {
        byte[] bytes = File.ReadAllBytes(compiled.Compile(Compiled.Native, Prints, "-g", $"-Wl,-rpath,{Bash}/lib"));
        for (int length = 0; length < bytes.Length; length += 37)
        {
            byte[] cut = bytes[..length];
            long expected = Encoding.Latin1.GetString(cut).Split(BashHash).Length - 1;

            Assert.Equal(expected, new EvidenceHarness().File("x", cut).References().Sum(found => found.Evidence.Sum(evidence => evidence.Count)));
        }
    }

    private static ReferenceEvidence[] Scan(string file) =>
        [.. new EvidenceHarness().File("bin/x", File.ReadAllBytes(file), executable: true).References().SelectMany(found => found.Evidence)];
}
