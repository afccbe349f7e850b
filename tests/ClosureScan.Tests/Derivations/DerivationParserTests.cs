using System.Text;
using System.Text.Json;
using ClosureScan.Derivations;
using ClosureScan.Paths;
using ClosureScan.Testing;

namespace ClosureScan.Tests.Derivations;

/// <summary>Derivations are read as the real Nix reads them, and what is none gives nothing.</summary>
public sealed class DerivationParserTests(CrossClosure closure) : IClassFixture<CrossClosure>
{
    private const string Odd = """Derive([("out","/nix/store/x","","")],[("/nix/store/a.drv",["dev","out"]),("/nix/store/b.drv",["out"])],["/nix/store/s"],"x86_64-linux","/bin/sh",["-c","a\"b"],[("empty",""),("lines","1\n2\t3\\4\r")])""";

    [Fact]
    [Trait(Tier.Name, Tier.Real)]
    public void Every_derivation_of_the_store_says_what_Nix_says_of_it()
    {
        Assert.NotEmpty(closure.Paths);
        string[] files = Directory.GetFiles("/nix/store", "*.drv");
        int compared = 0;
        foreach (string[] some in files.Chunk(100))
        {
            // Other tests build and collect while this one runs.
            ToolRun run = closure.Nix.Run("nix", ["show-derivation", .. some.Where(File.Exists)]);
            if (run.ExitCode != 0)
            {
                continue;
            }

            using JsonDocument json = JsonDocument.Parse(run.Output);
            foreach (JsonProperty told in json.RootElement.EnumerateObject())
            {
                Derivation read = DerivationParser.Parse(File.ReadAllBytes(told.Name))!;
                Assert.Equal(told.Value.GetProperty("builder").GetString(), read.Builder);
                Assert.Equal(told.Value.GetProperty("env").EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!), read.Environment);
                Assert.Equal(told.Value.GetProperty("outputs").EnumerateObject().Select(output => output.Value.TryGetProperty("path", out JsonElement path) ? path.GetString() : ""), read.Outputs);
                compared++;
            }
        }

        Assert.True(compared > 0, "Nix told of no derivation.");
    }

    [Fact]
    public void Escapes_are_undone()
    {
        Derivation read = DerivationParser.Parse(Encoding.UTF8.GetBytes(Odd))!;
        Assert.Equal(("1\n2\t3\\4\r", "", "/bin/sh"), (read.Environment["lines"], read.Environment["empty"], read.Builder));
    }

    [Fact]
    public void What_is_cut_short_anywhere_or_goes_on_is_none()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Odd);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Null(DerivationParser.Parse(whole.AsSpan(0, length)));
        }

        Assert.Null(DerivationParser.Parse([.. whole, (byte)'\n']));
        Assert.Null(DerivationParser.Parse("""DrvWithVersion("xp-dyn-drv",[],[],[],"","",[],[])"""u8));
    }

    [Fact]
    public void What_a_stranger_made_is_refused_or_read()
    {
        int first = int.TryParse(Environment.GetEnvironmentVariable("CLOSURESCAN_SEED"), out int given) ? given : Random.Shared.Next();
        byte[] whole = Encoding.UTF8.GetBytes(Odd);
        for (int seed = first; seed < first + 5000; seed++)
        {
            Random random = new(seed);
            byte[] changed = [.. whole];
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                changed[random.Next(changed.Length)] = (byte)"\"\\[](),x"[random.Next(8)];
            }

            // It ends, and throws nothing.
            _ = DerivationParser.Parse(changed);
        }
    }

    [Fact]
    public void Machines_and_inputs_are_those_of_the_flags_and_the_lists_and_never_of_the_system()
    {
        StorePath output = MemoryStore.PathOf("kbd-aarch64-unknown-linux-gnu-2"), tool = MemoryStore.PathOf("bash-5"), library = MemoryStore.PathOf("zlib-aarch64-unknown-linux-gnu-1"), both = MemoryStore.PathOf("m4-1");
        byte[] file = Encoding.UTF8.GetBytes($"""
            Derive([("out","{output}","","")],[],[],"armv7l-linux","{tool}/bin/bash",[],[("buildInputs","{library}"),("configureFlags","--with-m4={both}/bin/m4 --build=x86_64-unknown-linux-gnu --host=aarch64-unknown-linux-gnu --target=riscv64-unknown-linux-gnu"),("nativeBuildInputs","{both} {tool}"),("out","{output}")])
            """);
        RecordedBuild read = RecordedBuildReader.Read(MemoryStore.PathOf("kbd.drv"), file, output)!;
        Assert.Equal(("aarch64-linux", "x86_64-linux", "riscv64-linux", true), (read.Host.System, read.Build?.System, read.Target?.System, read.IsCross));
        Assert.Equal(
            new (StorePath, string)[] { (tool, "builder"), (library, "buildInputs"), (both, "configureFlags"), (both, "nativeBuildInputs"), (tool, "nativeBuildInputs") }.Order(),
            read.Inputs.Select(input => (input.Path, input.Variable)).Order());
        Assert.Null(RecordedBuildReader.Read(MemoryStore.PathOf("kbd.drv"), file, library));
    }

    [Fact]
    public void Structured_attributes_tell_the_same()
    {
        StorePath output = MemoryStore.PathOf("kbd-aarch64-unknown-linux-gnu-2"), tool = MemoryStore.PathOf("bash-5");
        byte[] file = Encoding.UTF8.GetBytes($$$"""
            Derive([("out","{{{output}}}","","")],[],[],"x86_64-linux","/bin/sh",[],[("__json","{\"configureFlags\":[\"--build=x86_64-unknown-linux-gnu\",\"--host=aarch64-unknown-linux-gnu\"],\"nativeBuildInputs\":[\"{{{tool}}}\"],\"strictDeps\":true}"),("out","{{{output}}}")])
            """);
        RecordedBuild read = RecordedBuildReader.Read(MemoryStore.PathOf("kbd.drv"), file, output)!;
        Assert.Equal("aarch64-linux", read.Host.System);
        RecordedInput input = Assert.Single(read.Inputs);
        Assert.Equal((tool, true, false), (input.Path, input.IsForBuild, input.IsForHost));
    }

    [Theory]
    [InlineData("--prefix=/x")]
    [InlineData("--host=nothing-known")]
    public void Derivation_that_names_no_host_is_no_witness(string flags)
    {
        StorePath output = MemoryStore.PathOf("kbd-2");
        byte[] file = Encoding.UTF8.GetBytes($"""Derive([("out","{output}","","")],[],[],"x86_64-linux","/bin/sh",[],[("configureFlags","{flags}")])""");
        Assert.Null(RecordedBuildReader.Read(MemoryStore.PathOf("kbd.drv"), file, output));
    }
}
