using System.IO.Pipelines;

namespace ClosureScan.Tests.Nar;

/// <summary>The reader against the naive one on archives with random damage.</summary>
public sealed class NarMutationTests
{
    [Fact]
    public async Task Damaged_archive_is_judged_as_by_the_oracle()
    {
        byte[][] archives = [.. NarCases.WellFormed.Values.Where(nar => nar.Length < 3000)];
        int accepted = 0;
        for (int seed = 0; seed < 4000; seed++)
        {
            Random random = new(seed);
            byte[] damaged = Damage(archives[random.Next(archives.Length)], random);
            NaiveNar.Verdict expected = NaiveNar.Read(damaged);
            Transcript read = await Transcript.OfAsync(PipeReader.Create(new(damaged)), skipContents: false);
            Assert.True(expected.IsWellFormed == (read.Error is null), $"seed {seed}: the oracle says {expected.IsWellFormed}, the reader {read.Error}");
            if (expected.IsWellFormed)
            {
                accepted++;
                Assert.Equal(expected.Entries, read.Entries);
            }
        }

        Assert.InRange(accepted, 100, 3000);
    }

    private static byte[] Damage(byte[] nar, Random random)
    {
        List<byte> bytes = [.. nar];
        int at = random.Next(nar.Length);
        int word = at & ~7;
        switch (random.Next(5))
        {
            case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: bytes[at] = (byte)random.Next(256); break;
            case 2: bytes.RemoveRange(word, Math.Min(8 * random.Next(1, 4), nar.Length - word)); break;
            case 3: bytes.InsertRange(word, nar[random.Next(nar.Length)..].Take(8 * random.Next(1, 4))); break;
            default: bytes.AddRange(nar[word..]); break;
        }

        return [.. bytes];
    }
}
