using System.Text;
using ClosureScan.Paths;
using ClosureScan.Scanning;
using ClosureScan.Scanning.Kernels;
using ClosureScan.Testing;
using CsCheck;

namespace ClosureScan.Tests.Scanning;

/// <summary>What cutting a stream into chunks may not change.</summary>
public sealed class ReferenceScannerTests
{
    public static TheoryData<string> All => Kernels.All;

    [Theory, MemberData(nameof(All))]
    public void A_hash_between_other_letters_is_found_wherever_the_stream_is_cut(string name)
    {
        ScanKernel kernel = Kernels.Named(name);
        StorePathHash hash = Letters.Hash(new Random(11));
        ReferenceSet references = ReferenceSet.Create([hash]);
        byte[] bytes = Encoding.ASCII.GetBytes($"foobar{hash}xyzzy");
        for (int first = 0; first <= bytes.Length; first++)
        {
            for (int second = 0; second <= bytes.Length - first; second++)
            {
                Assert.Equal([(0, 6L)], RecordedReferences.InChunks(kernel, references, bytes, first, second, bytes.Length));
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public void A_run_is_found_whole_in_chunks_of_any_size(string name)
    {
        ScanKernel kernel = Kernels.Named(name);
        var random = new Random(12);
        foreach (int run in (int[])[31, 32, 33, 63, 64, 65, 200])
        {
            byte[] bytes = [.. "/nix/store/"u8, .. Letters.Wall(random, run), .. "-curl"u8];
            ReferenceSet references = Letters.Windows(bytes);
            IEnumerable<long> expected = Enumerable.Range(11, Math.Max(0, run - 31)).Select(start => (long)start);
            for (int chunk = 1; chunk <= bytes.Length; chunk++)
            {
                Assert.Equal(expected, RecordedReferences.InChunks(kernel, references, bytes, chunk).Select(hit => hit.Offset));
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Hashes_at_both_ends_of_the_stream_are_found(string name)
    {
        ScanKernel kernel = Kernels.Named(name);
        StorePathHash hash = Letters.Hash(new Random(13));
        ReferenceSet references = ReferenceSet.Create([hash]);
        byte[] bytes = [.. Letters.Bytes(hash), .. new byte[500], .. Letters.Bytes(hash)];
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal([(0, 0L), (0, 532L)], RecordedReferences.InChunks(kernel, references, bytes, cut, bytes.Length));
        }
    }

    // A scanner that reads "the first byte is wrong" and "nothing is wrong" alike lost such hashes elsewhere.
    [Theory, MemberData(nameof(All))]
    public void A_byte_that_is_no_letter_before_a_hash_across_a_boundary_hides_nothing(string name)
    {
        ScanKernel kernel = Kernels.Named(name);
        var random = new Random(14);
        StorePathHash hash = Letters.Hash(random);
        ReferenceSet references = ReferenceSet.Create([hash]);
        for (int prefix = 0; prefix < 36; prefix++)
        {
            byte[] before = Letters.Wall(random, prefix);
            for (int wrong = 0; wrong < prefix; wrong++)
            {
                byte[] bytes = [.. before, .. Letters.Bytes(hash), (byte)'-'];
                bytes[wrong] = (byte)'!';
                for (int cut = Math.Max(0, prefix - 33); cut <= bytes.Length; cut++)
                {
                    Assert.Equal([(0, prefix)], RecordedReferences.InChunks(kernel, references, bytes, cut, bytes.Length));
                }
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Any_cutting_of_any_mixture_gives_what_one_piece_gives(string name)
    {
        ScanKernel kernel = Kernels.Named(name);
        Gen.Select(Mixture.Any, Gen.OneOf(Gen.Int[1, 40], Gen.Int[0, 300]).Array[1, 30]).Sample((mixture, cuts) =>
            RecordedReferences.InChunks(kernel, mixture.References, mixture.Bytes, [.. cuts, mixture.Bytes.Length])
                .SequenceEqual(RecordedReferences.Of(ScanKernel.Scalar, mixture.References, mixture.Bytes)));
    }

    [Theory, MemberData(nameof(All))]
    public void A_whole_stream_at_once_starts_at_offset_0_whatever_came_before(string name)
    {
        ScanKernel kernel = Kernels.Named(name);
        Gen.Select(Mixture.Any, Gen.Int[0, 100]).Sample((mixture, before) =>
        {
            var scanner = new ReferenceScanner(mixture.References, kernel);
            var recorded = new RecordedReferences();
            scanner.Scan(mixture.Bytes.AsSpan(0, Math.Min(before, mixture.Bytes.Length)), ref recorded);
            recorded.Hits.Clear();
            scanner.ScanWhole(mixture.Bytes, ref recorded);
            return scanner.Position == 0
                && recorded.Hits.SequenceEqual(RecordedReferences.Of(ScanKernel.Scalar, mixture.References, mixture.Bytes));
        });
    }

    [Theory, MemberData(nameof(All))]
    public void A_reset_starts_at_offset_0_and_joins_nothing_across(string name)
    {
        ScanKernel kernel = Kernels.Named(name);
        StorePathHash hash = Letters.Hash(new Random(15));
        byte[] bytes = Letters.Bytes(hash);
        var scanner = new ReferenceScanner(ReferenceSet.Create([hash]), kernel);
        var recorded = new RecordedReferences();
        scanner.Scan(bytes.AsSpan(0, 20), ref recorded);
        scanner.Reset();
        Assert.Equal(0, scanner.Position);
        scanner.Scan(bytes.AsSpan(20), ref recorded);
        Assert.Equal(12, scanner.Position);
        Assert.Empty(recorded.Hits);

        scanner.Reset();
        scanner.Scan(bytes, ref recorded);
        Assert.Equal([(0, 0L)], recorded.Hits);
    }

    [Fact]
    public void A_scan_allocates_nothing()
    {
        var random = new Random(16);
        StorePathHash[] hashes = Letters.Hashes(random, 100);
        byte[] bytes = [.. hashes.SelectMany(hash => (byte[])[.. Letters.Wall(random, 20), .. Letters.Bytes(hash), .. new byte[50]])];
        var scanner = new ReferenceScanner(ReferenceSet.Create(hashes));
        var counted = new CountingSink();
        long rounds = 0;

        Assert.Equal(0, Allocation.Of(() =>
        {
            scanner.Scan(bytes.AsSpan(0, 777), ref counted);
            scanner.Scan(bytes.AsSpan(777), ref counted);
            scanner.Reset();
            rounds++;
        }));
        Assert.Equal(100 * rounds, counted.Count);
    }

    private struct CountingSink : IReferenceSink
    {
        public int Count;

        public void OnReference(int index, long offset) => Count++;
    }
}
