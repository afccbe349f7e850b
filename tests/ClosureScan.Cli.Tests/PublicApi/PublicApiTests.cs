using System.Reflection;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.PublicApi;

/// <summary>
/// What the libraries promise is committed beside this test, so that a change of it is seen in review.
/// <c>CLOSURESCAN_UPDATE_API=1 dotnet test tests/ClosureScan.Cli.Tests --filter PublicApi</c> writes the listings anew.
/// </summary>
public sealed class PublicApiTests
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("CLOSURESCAN_UPDATE_API") == "1";

    [Theory]
    [InlineData("ClosureScan")]
    [InlineData("ClosureScan.Stores")]
    [InlineData("ClosureScan.Analysis")]
    public void Public_surface_is_the_committed_one(string assembly)
    {
        string listing = Repository.PathOf($"tests/ClosureScan.Cli.Tests/PublicApi/{assembly}.txt");
        string[] actual = [.. ApiListing.Of(Assembly.Load(assembly))];
        if (Update)
        {
            File.WriteAllText(listing, string.Join('\n', actual) + '\n');
        }

        string[] committed = File.Exists(listing) ? File.ReadAllLines(listing) : [];
        string[] difference =
        [
            .. committed.Except(actual).Select(line => $"- {line}"),
            .. actual.Except(committed).Select(line => $"+ {line}"),
        ];

        Assert.True(
            difference.Length == 0,
            $"The public surface of {assembly} differs from {Path.GetFileName(listing)}; if it should, run the tests once with CLOSURESCAN_UPDATE_API=1.\n"
            + string.Join('\n', difference));
        Assert.Equal(committed, actual);
    }
}
