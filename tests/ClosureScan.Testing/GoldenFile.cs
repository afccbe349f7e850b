using System.Runtime.CompilerServices;
using System.Text;
using Xunit;

namespace ClosureScan.Testing;

/// <summary>
/// Outputs that are committed whole, so that every change of them is seen in review. Run the tests with
/// <c>CLOSURESCAN_UPDATE_GOLDEN=1</c> to write them anew; such a run fails, so that it is never taken for a check.
/// </summary>
public static class GoldenFile
{
    /// <summary>Compares bytes with the file <c>Golden/<paramref name="name"/></c> beside the calling test.</summary>
    public static void Check(string name, ReadOnlySpan<byte> actual, [CallerFilePath] string caller = "")
    {
        string file = Path.Combine(Path.GetDirectoryName(caller)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("CLOSURESCAN_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, actual);
            Assert.Fail($"{file} was written anew; run the test without CLOSURESCAN_UPDATE_GOLDEN to check it.");
        }

        Assert.True(File.Exists(file), $"{file} is missing: run the test once with CLOSURESCAN_UPDATE_GOLDEN=1.");
        byte[] expected = File.ReadAllBytes(file);
        if (!actual.SequenceEqual(expected))
        {
            // The text's difference is easier to read than the bytes'; where it shows none, the bytes speak.
            Assert.Equal(Encoding.UTF8.GetString(expected), Encoding.UTF8.GetString(actual));
            Assert.Equal(expected, actual.ToArray());
        }
    }
}
