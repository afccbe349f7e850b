using ClosureScan.Paths;
using ClosureScan.Scanning;

namespace ClosureScan.Tests.Scanning;

public sealed class ReferenceSetTests
{
    [Fact]
    public void The_empty_set_holds_nothing_and_finds_nothing()
    {
        ReferenceSet empty = ReferenceSet.Create(Array.Empty<StorePathHash>());
        var recorded = new RecordedReferences();
        new ReferenceScanner(empty).Scan(Letters.Wall(new Random(21), 5000), ref recorded);
        Assert.Equal(0, empty.Count);
        Assert.Empty(recorded.Hits);
        Assert.False(empty.TryGetIndex(StorePathHash.Parse(new string('0', 32)), out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(1000)]
    [InlineData(50_000)]
    public void Every_hash_has_its_index_in_sorted_order_and_no_other_hash_has_one(int count)
    {
        var random = new Random(22);
        StorePathHash[] hashes = Letters.Hashes(random, count);
        ReferenceSet references = ReferenceSet.Create([.. hashes, .. hashes]);
        Assert.Equal(hashes.Order(), references.Hashes);
        for (int index = 0; index < count; index++)
        {
            Assert.True(references.TryGetIndex(references.Hashes[index], out int found));
            Assert.Equal(index, found);
            Assert.False(references.TryGetIndex(Letters.Hash(Letters.NearMiss(references.Hashes[index], index % 32)), out _));
        }
    }

    [Fact]
    public void Paths_count_by_their_hash()
    {
        StorePathHash hash = Letters.Hash(new Random(23));
        ReferenceSet references = ReferenceSet.Create([StorePath.Parse($"/nix/store/{hash}-a"), StorePath.Parse($"/nix/store/{hash}-b")]);
        Assert.Equal([hash], references.Hashes);
    }
}
