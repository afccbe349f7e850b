using ClosureScan.Testing;

namespace ClosureScan.Tests.Fixtures;

/// <summary>That the fixture gives a real Nix: real builds, a real database, real caches.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class RealNixTests(RealNix nix) : IClassFixture<RealNix>
{
    [Fact]
    public void Built_path_refers_to_the_input_it_names_and_not_to_the_other()
    {
        string named = nix.BuildScript("named", "echo named > $out");
        string unused = nix.BuildScript("unused", "echo unused > $out");
        string result = nix.BuildScript("result", "echo \"see $named\" > $out", ("named", named), ("unused", unused));

        Assert.Equal([named], nix.References(result));
        Assert.Equal([named, result], nix.Closure(result));
        Assert.Equal(nix.Dump(result).Length, nix.NarSize(result));
    }

    [Fact]
    public void Closure_copied_to_a_root_of_its_own_has_files_and_a_database_there()
    {
        string path = nix.BuildScript("lonely", "mkdir $out; echo text > $out/file");

        string root = nix.CopyToNewRoot(path);

        Assert.Equal("text\n", File.ReadAllText(root + path + "/file"));
        Assert.True(File.Exists(Path.Combine(root, "nix/var/nix/db/db.sqlite")));
    }

    [Fact]
    public void Failing_builder_is_reported_with_its_log()
    {
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(
            () => nix.BuildScript("failing", "echo the reason >&2; exit 3"));

        Assert.Contains("the reason", failure.Message, StringComparison.Ordinal);
    }
}
