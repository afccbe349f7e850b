using ClosureScan.Paths;
using ClosureScan.Scanning;
using ClosureScan.Scanning.Kernels;
using ClosureScan.Testing;
using CsCheck;

namespace ClosureScan.Tests.Scanning;

/// <summary>Laws of every kernel; the oracle is the scalar one.</summary>
public sealed class KernelTests
{
    public static TheoryData<string> All => Kernels.All;

    [Theory, MemberData(nameof(All))]
    [Trait(Tier.Name, Tier.Laws)]
    public void Every_byte_value_at_every_place_counts_as_the_alphabet_says(string name)
    {
        ScanKernel kernel = Kernels.Named(name);
        byte[] wall = Letters.Wall(new Random(1), 64);
        for (int value = 0; value < 256; value++)
        {
            for (int position = 0; position < wall.Length; position++)
            {
                byte[] bytes = [.. wall];
                bytes[position] = (byte)value;
                ReferenceSet references = Letters.Windows(bytes);
                int expected = Enumerable.Range(0, 33).Count(start => NixBase32.IsDigit((byte)value) || position < start || position >= start + 32);
                Assert.Equal(expected, RecordedReferences.Of(kernel, references, bytes).Count);
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public void A_hash_at_every_offset_of_every_length_is_found(string name)
    {
        ScanKernel kernel = Kernels.Named(name);
        var random = new Random(2);
        StorePathHash hash = Letters.Hash(random);
        ReferenceSet references = ReferenceSet.Create([hash]);
        for (int length = StorePathHash.Length; length < 700; length += length < 200 ? 1 : 37)
        {
            byte[] bytes = new byte[length];
            for (int offset = 0; offset + StorePathHash.Length <= length; offset++)
            {
                bytes.AsSpan().Fill((byte)'e');
                hash.CopyTo(bytes.AsSpan(offset));
                Assert.Equal([(0, offset)], RecordedReferences.Of(kernel, references, bytes));
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    [Trait(Tier.Name, Tier.Laws)]
    public void A_hash_at_every_offset_of_a_wall_of_letters_is_found_and_nothing_else(string name)
    {
        ScanKernel kernel = Kernels.Named(name);
        var random = new Random(8);
        StorePathHash hash = Letters.Hash(random);
        ReferenceSet references = ReferenceSet.Create([hash, .. Letters.Hashes(random, 50)]);
        int index = references.Hashes.IndexOf(hash);
        byte[] wall = Letters.Wall(random, 1500);
        for (int before = 0; before < 4; before++)
        {
            for (int offset = before; offset + StorePathHash.Length <= wall.Length; offset++)
            {
                byte[] bytes = [.. wall];
                bytes.AsSpan(0, before).Fill((byte)'-');
                hash.CopyTo(bytes.AsSpan(offset));
                Assert.Equal([(index, offset)], RecordedReferences.Of(kernel, references, bytes));
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    [Trait(Tier.Name, Tier.Laws)]
    public void Every_window_of_a_run_is_found(string name)
    {
        ScanKernel kernel = Kernels.Named(name);
        var random = new Random(3);
        foreach (int run in (int[])[32, 33, 47, 55, 56, 57, 63, 64, 65, 95, 96, 97, 127, 128, 129, 255, 256, 257, 300, 575, 831])
        {
            for (int before = 0; before < 130; before++)
            {
                byte[] bytes = [.. Enumerable.Repeat((byte)'/', before), .. Letters.Wall(random, run), (byte)'-'];
                ReferenceSet references = Letters.Windows(bytes);
                List<(int Index, long Offset)> hits = RecordedReferences.Of(kernel, references, bytes);
                Assert.Equal(Enumerable.Range(before, run - 31).Select(start => (long)start), hits.Select(hit => hit.Offset));
                Assert.Equal(RecordedReferences.Of(ScanKernel.Scalar, references, bytes), hits);
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public void One_letter_repeated_is_found_in_every_window(string name)
    {
        ScanKernel kernel = Kernels.Named(name);
        byte[] bytes = new byte[1000];
        bytes.AsSpan().Fill((byte)'a');
        ReferenceSet references = ReferenceSet.Create([StorePathHash.Parse(new string('a', 32))]);
        Assert.Equal(Enumerable.Range(0, 1000 - 31).Select(start => (0, (long)start)), RecordedReferences.Of(kernel, references, bytes));
    }

    [Theory, MemberData(nameof(All))]
    public void No_near_miss_is_found_whichever_letter_is_off(string name)
    {
        ScanKernel kernel = Kernels.Named(name);
        StorePathHash[] hashes = Letters.Hashes(new Random(4), 50);
        ReferenceSet references = ReferenceSet.Create(hashes);
        byte[] bytes = [.. hashes.SelectMany(hash => Enumerable.Range(0, 32).SelectMany(position => Letters.NearMiss(hash, position)))];
        Assert.Equal(RecordedReferences.Of(ScanKernel.Scalar, references, bytes), RecordedReferences.Of(kernel, references, bytes));
        Assert.Empty(RecordedReferences.Of(kernel, references, bytes));
    }

    [Theory, MemberData(nameof(All))]
    public void Hashes_that_share_prefixes_suffixes_and_middles_are_told_apart(string name)
    {
        ScanKernel kernel = Kernels.Named(name);
        var random = new Random(5);
        byte[] common = Letters.Wall(random, 32);
        var hashes = new List<StorePathHash>();
        for (int own = 1; own < 32; own++)
        {
            byte[] letters = Letters.Wall(random, own);
            hashes.Add(Letters.Hash([.. common[..(32 - own)], .. letters]));
            hashes.Add(Letters.Hash([.. letters, .. common[own..]]));
            hashes.Add(Letters.Hash([.. common[(32 - (32 - own) / 2)..], .. letters, .. common[..(32 - own - (32 - own) / 2)]]));
        }

        ReferenceSet references = ReferenceSet.Create(hashes);
        byte[] bytes = [.. hashes.SelectMany(Letters.Bytes)];
        List<(int Index, long Offset)> hits = RecordedReferences.Of(kernel, references, bytes);
        Assert.Equal(RecordedReferences.Of(ScanKernel.Scalar, references, bytes), hits);
        Assert.Equal(hashes, hits.Where(hit => hit.Offset % 32 == 0).Select(hit => references.Hashes[hit.Index]));
    }

    [Theory, MemberData(nameof(All))]
    [Trait(Tier.Name, Tier.Laws)]
    public void Hashes_that_repeat_themselves_are_found_in_a_wall_that_does(string name)
    {
        ScanKernel kernel = Kernels.Named(name);
        var random = new Random(9);
        foreach (int period in (int[])[1, 2, 8])
        {
            byte[] repeated = Letters.Wall(random, period);
            byte[] wall = [.. Enumerable.Range(0, 400).Select(at => repeated[at % period])];
            for (int run = 8; run <= 31; run++)
            {
                byte[] letters = [.. Letters.Wall(random, 32 - run), .. wall[..run]];
                ReferenceSet references = ReferenceSet.Create([.. Enumerable.Range(0, 32).Select(turn => Letters.Hash([.. letters[turn..], .. letters[..turn]])).Distinct()]);
                for (int offset = 0; offset <= wall.Length - 32; offset += 7)
                {
                    byte[] bytes = [.. wall];
                    references.Hashes[offset % references.Hashes.Length].CopyTo(bytes.AsSpan(offset));
                    List<(int Index, long Offset)> hits = RecordedReferences.Of(kernel, references, bytes);
                    Assert.Contains((offset % references.Hashes.Length, offset), hits);
                    Assert.Equal(RecordedReferences.Of(ScanKernel.Scalar, references, bytes), hits);
                }
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    [Trait(Tier.Name, Tier.Laws)]
    public void Thousands_of_hashes_among_other_letters_are_all_found(string name)
    {
        ScanKernel kernel = Kernels.Named(name);
        var random = new Random(6);
        StorePathHash[] hashes = Letters.Hashes(random, 20_000);
        ReferenceSet references = ReferenceSet.Create(hashes);
        byte[] bytes = [.. hashes.SelectMany(hash => (byte[])[.. Letters.Wall(random, random.Next(40)), .. Letters.Bytes(hash)])];
        List<(int Index, long Offset)> hits = RecordedReferences.Of(kernel, references, bytes);
        Assert.Equal(hashes, hits.Select(hit => references.Hashes[hit.Index]));
        Assert.Equal(RecordedReferences.Of(ScanKernel.Scalar, references, bytes), hits);
    }

    [Theory, MemberData(nameof(All))]
    [Trait(Tier.Name, Tier.Laws)]
    public void No_byte_outside_the_data_is_read(string name)
    {
        ScanKernel kernel = Kernels.Named(name);
        var random = new Random(7);
        using var memory = new GuardedMemory(1000);
        for (int length = 0; length <= 1000; length += length < 330 ? 1 : 13)
        {
            byte[] wall = Letters.Wall(random, length);
            ReferenceSet references = Letters.Windows(wall);
            int expected = Math.Max(0, length - 31);
            wall.CopyTo(memory.AtEnd(length));
            Assert.Equal(expected, RecordedReferences.Of(kernel, references, memory.AtEnd(length)).Count);
            wall.CopyTo(memory.AtStart(length));
            Assert.Equal(expected, RecordedReferences.Of(kernel, references, memory.AtStart(length)).Count);
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Any_mixture_gives_what_the_oracle_gives(string name)
    {
        ScanKernel kernel = Kernels.Named(name);
        Mixture.Any.Sample(mixture =>
            RecordedReferences.Of(kernel, mixture.References, mixture.Bytes)
                .SequenceEqual(RecordedReferences.Of(ScanKernel.Scalar, mixture.References, mixture.Bytes)));
    }
}
