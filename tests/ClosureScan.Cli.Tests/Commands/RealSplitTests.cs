using System.Text;
using System.Text.Json.Nodes;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Commands;

/// <summary>The splits of real cross-compiled packages, against their bytes on disk and what Nix registered.</summary>
[Trait(Tier.Name, Tier.Real)]
public sealed class RealSplitTests(CrossClosure cross) : IClassFixture<CrossClosure>
{
    [Fact]
    public void Split_moves_every_file_that_holds_its_references_and_frees_what_Nix_would_no_longer_reach()
    {
        ToolRun run = ClosureScanTool.Run("size", cross.Root.ToString(), "--splits", "--format", "json", "--no-progress");
        JsonArray splits = JsonNode.Parse(run.Output.Span)!["splits"]!.AsArray();

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(splits, split => Texts(split!["files"]).SequenceEqual(["lib/bash/Makefile.inc"]));
        Assert.All(splits, split =>
        {
            string path = split!["path"]!.GetValue<string>();
            string[] references = Texts(split["references"]);
            string[] files = Texts(split["files"]);
            HashSet<string> holders = [.. references.SelectMany(to => Holders(path, to))];

            Assert.Subset(files.ToHashSet(), holders);
            Assert.Equal(files.Sum(file => new FileInfo(Path.Combine(path, file)).Length), split["fileBytes"]!.GetValue<long>());
            Assert.Equal(Freed(path, references).Order(StringComparer.Ordinal), Texts(split["freedPaths"]));
            Assert.Equal(Freed(path, references).Sum(cross.Nix.NarSize), split["freedBytes"]!.GetValue<long>());
        });
    }

    private static string[] Texts(JsonNode? array) => [.. array!.AsArray().Select(item => item!.GetValue<string>())];

    /// <summary>The regular files of a path whose bytes hold the hash of another.</summary>
    private static IEnumerable<string> Holders(string path, string to)
    {
        byte[] hash = Encoding.ASCII.GetBytes(Path.GetFileName(to)[..32]);
        return Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => new FileInfo(file).LinkTarget is null && File.ReadAllBytes(file).AsSpan().IndexOf(hash) >= 0)
            .Select(file => Path.GetRelativePath(path, file));
    }

    /// <summary>What the root reaches by registered references, and does not without some of one path.</summary>
    private HashSet<string> Freed(string path, string[] references)
    {
        HashSet<string> left = [cross.Root.ToString()];
        for (Queue<string> queue = new(left); queue.TryDequeue(out string? from);)
        {
            foreach (string to in cross.Nix.References(from).Where(to => !(from == path && references.Contains(to)) && left.Add(to)))
            {
                queue.Enqueue(to);
            }
        }

        return [.. cross.Paths.Select(item => item.ToString()).Except(left)];
    }
}
