using System.Security.Cryptography;
using ClosureScan.Facts;
using ClosureScan.Testing;

namespace ClosureScan.Tests.Facts;

/// <summary>What is written down of a scan is read back as it was, and what was not written so is refused.</summary>
public sealed class ClosureFactsTests
{
    private const int SumLength = 32;

    [Fact]
    public async Task A_closure_is_read_back_as_it_was()
    {
        ScannedClosure closure = await FactsSample.ScanAsync();
        AssertWhole(closure);

        ScannedClosure read = ClosureFacts.Read(new MemoryStream(await WriteAsync()));

        Assert.Equal((closure.StoreDirectory, closure.Store, closure.Depth), (read.StoreDirectory, read.Store, read.Depth));
        Assert.Equal(closure.Roots, read.Roots);
        Assert.Equal(closure.Problems, read.Problems);
        Assert.All(closure.Paths.Zip(read.Paths), pair =>
        {
            Assert.Equal(pair.First.Info with { References = null, Signatures = default }, pair.Second.Info with { References = null, Signatures = default });
            Assert.Equal(pair.First.Info.References ?? [], pair.Second.Info.References ?? []);
            Assert.Equal(pair.First.Info.References is null, pair.Second.Info.References is null);
            Assert.Equal(pair.First.Info.Signatures, pair.Second.Info.Signatures);
            Assert.Equal(pair.First.Build, pair.Second.Build);
            Assert.Equal(pair.First.Scan is null, pair.Second.Scan is null);
            if (pair.First.Scan is not null)
            {
                PathScanAssert.Equal(pair.First.Scan, pair.Second.Scan!);
            }
        });
        Assert.Equal(await WriteAsync(), Write(read));
    }

    /// <summary>A change of what is written, or of the numbers of an enumeration, is a new version.</summary>
    [Fact]
    public async Task Version_2_is_what_it_was() => GoldenFile.Check("closure.facts", await WriteAsync());

    [Fact]
    public async Task A_document_that_is_cut_short_anywhere_is_refused()
    {
        byte[] whole = await WriteAsync();
        for (int length = 0; length < whole.Length; length++)
        {
            FactsFormatException exception = Assert.Throws<FactsFormatException>(() => ClosureFacts.Read(new MemoryStream(whole, 0, length)));
            Assert.InRange(exception.Offset, 0, length);
        }
    }

    [Fact]
    public async Task A_byte_that_is_another_is_noticed_wherever_it_lies()
    {
        byte[] whole = await WriteAsync();
        for (int place = 0; place < whole.Length; place++)
        {
            byte[] damaged = [.. whole];
            damaged[place] ^= 0x41;
            Assert.Throws<FactsFormatException>(() => ClosureFacts.Read(new MemoryStream(damaged)));
        }
    }

    [Fact]
    public async Task What_a_stranger_made_is_refused_or_sound()
    {
        int first = int.TryParse(Environment.GetEnvironmentVariable("CLOSURESCAN_SEED"), out int given) ? given : Random.Shared.Next();
        byte[] whole = await WriteAsync();
        for (int seed = first; seed < first + 3000; seed++)
        {
            Random random = new(seed);
            byte[] body = whole[..^SumLength];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                body[random.Next(20, body.Length)] = random.Next(3) == 0 ? (byte)0xff : (byte)random.Next(256);
            }

            try
            {
                ScannedClosure read = ClosureFacts.Read(new MemoryStream([.. body, .. SHA256.HashData(body)]));
                Assert.Equal(read.Paths.Length, ClosureFacts.Read(new MemoryStream(Write(read))).Paths.Length);
            }
            catch (FactsFormatException)
            {
            }
            catch (Exception exception)
            {
                Assert.Fail($"CLOSURESCAN_SEED={seed}: {exception}");
            }
        }
    }

    [Theory]
    [InlineData("closurescan-facts/1\nwhatever", "another version")]
    [InlineData("{ \"schema\": \"closurescan/2\" }", "no facts")]
    [InlineData("", "no facts")]
    public void Something_else_is_told_as_such(string text, string told)
    {
        FactsFormatException exception = Assert.Throws<FactsFormatException>(() => ClosureFacts.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))));

        Assert.Contains(told, exception.Message, StringComparison.Ordinal);
        Assert.Equal((0, ErrorKind.Malformed), (exception.Offset, exception.Kind));
    }

    private static void AssertWhole(ScannedClosure closure)
    {
        Assert.Contains(closure.Paths, path => path.Build is not null);
        PathScan scan = closure.Paths.Single(path => path.Info.Path.Name == "root").Scan!;
        Assert.All((int[])[scan.References.Length, scan.Hidden.Length, scan.Undeclared.Length, (int)scan.BuildPaths.Count, (int)scan.Scrubbed.Count, scan.Opaque.Length], count => Assert.NotEqual(0, count));
    }

    private static async Task<byte[]> WriteAsync() => Write(await FactsSample.ScanAsync());

    private static byte[] Write(ScannedClosure closure)
    {
        using MemoryStream output = new();
        ClosureFacts.Write(closure, output, "0.0.0");
        return output.ToArray();
    }
}
