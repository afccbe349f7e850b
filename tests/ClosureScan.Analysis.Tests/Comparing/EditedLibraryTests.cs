using System.Text;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Testing;

namespace ClosureScan.Analysis.Tests.Comparing;

/// <summary>A real library with one thing changed: it is found, and the file is named, whatever it was.</summary>
public sealed class EditedLibraryTests
{
    private const string File = "lib/libpopt.so.0";

    private static byte[] Library => RealPairs.Read("popt-cross/usr/lib/libpopt.so.0.0.2");

    [Fact]
    public async Task Random_edits_of_a_byte_never_pass_for_the_same()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        for (int round = 0; round < 60; round++)
        {
            byte[] edited = [.. Library];
            int at = random.Next(edited.Length);
            edited[at] ^= (byte)random.Next(1, 256);

            PathPair pair = await CompareAsync(edited);

            Assert.True(
                pair.Level >= ComparisonLevel.SameModuloVolatile && pair.Differences.All(difference => difference.File == File) && pair.Differences.Length + pair.Masks.Length > 0,
                $"seed {seed}, round {round}, byte {at}: {pair.Level} {string.Join(", ", pair.Differences)}");
            Assert.True(pair.Level is ComparisonLevel.Different or ComparisonLevel.SameModuloVolatile || pair.Differences[0].Subject == "page-size", $"seed {seed}, round {round}, byte {at}: one byte is no move, {string.Join(", ", pair.Differences)}");
        }
    }

    /// <summary>Where a section begins and how long it is stands in the headers alone: to change that moves nothing.</summary>
    [Fact]
    public async Task Byte_of_the_table_of_sections_is_no_move()
    {
        int table = BitConverter.ToInt32(Library, 32);
        int length = BitConverter.ToInt16(Library, 46) * BitConverter.ToInt16(Library, 48);
        for (int at = table; at < table + length; at++)
        {
            byte[] edited = [.. Library];
            edited[at] ^= 1;

            PathPair pair = await CompareAsync(edited);

            Assert.True(pair.Level is ComparisonLevel.Different or ComparisonLevel.SameModuloVolatile, $"byte {at}: {string.Join(", ", pair.Differences)}");
        }
    }

    [Theory]
    [InlineData("strlen")]
    [InlineData("malloc")]
    public async Task Import_of_another_name_is_named(string symbol)
    {
        PathPair pair = await CompareAsync(Rename(symbol, symbol[..^1] + "_"));

        Difference[] imports = [.. pair.Differences.Where(difference => difference.Kind == DifferenceKind.Imports)];
        Assert.Equal([symbol, symbol[..^1] + "_"], imports.Select(difference => difference.Subject.Split('@')[0]).OrderByDescending(name => name == symbol));
        Assert.Equal(("imported", null), (imports.Single(difference => difference.Subject.StartsWith(symbol, StringComparison.Ordinal)).Cross, imports.Single(difference => difference.Subject.StartsWith(symbol, StringComparison.Ordinal)).Native));
    }

    [Theory]
    [InlineData("poptGetNextOpt")]
    [InlineData("poptFreeContext")]
    public async Task Export_of_another_name_is_named(string symbol)
    {
        PathPair pair = await CompareAsync(Rename(symbol, symbol[..^1] + "_"));

        Assert.Equal(
            [symbol[..^1] + "_", symbol],
            pair.Differences.Where(difference => difference.Kind == DifferenceKind.Exports).Select(difference => difference.Subject.Split('@')[0]).OrderBy(name => name == symbol));
    }

    private static Task<PathPair> CompareAsync(byte[] native) =>
        ComparedTrees.CompareAsync(tree => tree.File(File, Library).File("same", "x"), tree => tree.File(File, native).File("same", "x"));

    private static byte[] Rename(string symbol, string other)
    {
        byte[] edited = [.. Library];
        int at = edited.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"\0{symbol}\0"));
        Assert.True(at > 0, $"{symbol} is not in the library.");
        Encoding.ASCII.GetBytes(other).CopyTo(edited, at + 1);
        return edited;
    }
}
