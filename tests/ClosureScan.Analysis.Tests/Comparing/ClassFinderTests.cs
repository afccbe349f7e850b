using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Comparing.Classes;
using ClosureScan.Paths;
using ClosureScan.Testing;
using ClosureScan.Walking;

namespace ClosureScan.Analysis.Tests.Comparing;

/// <summary>A class is the path that Nix would give the contents: its own answer, and for the way that Nix 2.17 to 2.34 had, a plain reading of it.</summary>
public sealed class ClassFinderTests(RealNix nix) : IClassFixture<RealNix>
{
    [Fact]
    public async Task Classes_are_the_paths_that_Nix_makes_content_addressed()
    {
        string leaf = nix.BuildScript("leaf", "mkdir $out; echo leaf > $out/file");
        string middle = nix.BuildScript("middle", "mkdir -p $out/bin; echo $out/self $leaf/file ${out#/nix/store/} > $out/bin/names; ln -s $leaf/file $out/link; ln -s $out/bin $out/own", ("leaf", leaf));
        string top = nix.BuildScript("top", "mkdir $out; for i in 1 2 3 4 5 6 7 8 9; do echo \"$i $out $middle $leaf\"; done > $out/many", ("leaf", leaf), ("middle", middle));
        string root = nix.NewFolder();
        ToolRun made = nix.Run("nix", "store", "make-content-addressed", "--json", "--recursive", "--to", $"local?root={root}", top);
        if (made.ExitCode != 0)
        {
            made = nix.Run("nix", "store", "make-content-addressed", "--json", "--recursive", top);
        }

        Assert.True(made.ExitCode == 0, made.Error);
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(made.Output);
        Dictionary<string, string> expected = json.RootElement.GetProperty("rewrites").EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetString()!);
        ComparedClosure closure = Closure(top);

        ImmutableDictionary<StorePath, StorePath> classes = await ClassFinder.FindAsync(closure);

        Assert.Equal(3, expected.Count);
        Assert.Equal(expected.OrderBy(item => item.Key, StringComparer.Ordinal), classes.Select(item => KeyValuePair.Create(item.Key.ToString(), item.Value.ToString())).OrderBy(item => item.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Both_ways_of_hashing_agree_with_a_plain_reading_of_them()
    {
        ComparedTrees trees = new("a");
        trees.Add("top-1", tree => tree.File("large", string.Concat(Enumerable.Range(0, 40_000).Select(index => $"{index} {trees["top-1"]} {trees["leaf-2"]}/x\n"))).Symlink("link", $"{trees["leaf-2"]}"))
            .Add("leaf-2", tree => tree.File("x", "leaf"));
        ComparedClosure closure = trees.ToClosure();

        foreach (ClassAlgorithm algorithm in Enum.GetValues<ClassAlgorithm>())
        {
            ImmutableDictionary<StorePath, StorePath> classes = await ClassFinder.FindAsync(closure, algorithm);
            StorePath leaf = Plain(trees.NarOf(trees["leaf-2"]), trees["leaf-2"], [], algorithm);
            byte[] nar = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(trees.NarOf(trees["top-1"])).Replace(trees["leaf-2"].ToString(), leaf.ToString(), StringComparison.Ordinal));

            Assert.Equal(leaf, classes[trees["leaf-2"]]);
            Assert.Equal(Plain(nar, trees["top-1"], [leaf], algorithm), classes[trees["top-1"]]);
        }
    }

    [Fact]
    public async Task Closures_that_differ_in_hashes_alone_have_the_same_classes()
    {
        static ComparedTrees Make(string salt)
        {
            ComparedTrees trees = new(salt);
            return trees.Add("top-1", tree => tree.File("f", $"{trees["top-1"]} {trees["leaf-2"]}")).Add("leaf-2", tree => tree.File("x", "leaf"));
        }

        ImmutableDictionary<StorePath, StorePath> one = await ClassFinder.FindAsync(Make("a").ToClosure());
        ImmutableDictionary<StorePath, StorePath> other = await ClassFinder.FindAsync(Make("b").ToClosure());

        Assert.Equal(one.Values.Order(), other.Values.Order());
    }

    /// <summary>As the facts have it: the own hash blanked, the places behind it where they count, and makeStorePath of type "source".</summary>
    private static StorePath Plain(byte[] nar, StorePath path, StorePath[] references, ClassAlgorithm algorithm)
    {
        string text = Encoding.Latin1.GetString(nar);
        string own = path.Hash.ToString();
        StringBuilder places = new();
        for (int at = text.IndexOf(own, StringComparison.Ordinal); at >= 0; at = text.IndexOf(own, at + own.Length, StringComparison.Ordinal))
        {
            places.Append('|').Append(at);
        }

        bool isSelf = places.Length > 0;
        string modulo = text.Replace(own, new string('\0', own.Length), StringComparison.Ordinal) + (algorithm == ClassAlgorithm.NarModulo ? "" : places.ToString());
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(modulo)));
        string identity = $"source{string.Concat(references.Order().Select(reference => $":{reference}"))}{(isSelf ? ":self" : "")}:sha256:{hash}:/nix/store:{path.Name}";
        byte[] digest = SHA256.HashData(Encoding.ASCII.GetBytes(identity));
        byte[] folded = new byte[20];
        for (int index = 0; index < digest.Length; index++)
        {
            folded[index % 20] ^= digest[index];
        }

        return StorePath.Parse($"/nix/store/{NixBase32.Encode(folded)}-{path.Name}");
    }

    private ComparedClosure Closure(string root) => new()
    {
        Store = new DiskStore(),
        Roots = [StorePath.Parse(root)],
        Paths = [.. nix.Closure(root).Select(path => new PathInfo { Path = StorePath.Parse(path), References = [.. nix.References(path).Select(StorePath.Parse).Order()] })],
    };

    private sealed class DiskStore : IStore
    {
        public string Directory => StorePath.DefaultStoreDirectory;

        public ValueTask<PathInfo?> FindAsync(StorePath path, CancellationToken cancellationToken = default) => new((PathInfo?)null);

        public ValueTask<StoreContents> OpenAsync(PathInfo info, CancellationToken cancellationToken = default) => new(StoreContents.OnDisk(info.Path.ToString()));
    }
}
