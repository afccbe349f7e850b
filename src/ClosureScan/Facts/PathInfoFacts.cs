using System.Collections.Immutable;
using ClosureScan.Paths;

namespace ClosureScan.Facts;

/// <summary>What the store claimed of one path.</summary>
internal static class PathInfoFacts
{
    public static void Write(FactsRecordWriter record, PathTable paths, PathInfo info)
    {
        record.OptionalValue(info.NarHash, record.Hash);
        record.OptionalValue(info.NarSize, record.Number);
        record.OptionalValue(info.References, references => record.Items(references, reference => record.Number(paths.NumberOf(reference))));
        record.Optional(info.Deriver, deriver => record.Number(paths.NumberOf(deriver)));
        record.Optional(info.ContentAddress, record.Text);
        record.Items(info.Signatures, record.Text);
    }

    public static PathInfo Read(FactsRecord record, PathTable paths, StorePath path) => new()
    {
        Path = path,
        NarHash = record.OptionalValue(static record => record.Hash()),
        NarSize = record.OptionalValue(static record => record.Number()),
        References = record.OptionalValue(record => Sorted(record, record.Items(paths.At))),
        Deriver = record.Optional(paths.At),
        ContentAddress = record.Optional(static record => record.Text()),
        Signatures = record.Items(static record => record.Text()),
    };

    private static ImmutableArray<StorePath> Sorted(FactsRecord record, ImmutableArray<StorePath> references)
    {
        for (int index = 1; index < references.Length; index++)
        {
            if (references[index - 1].CompareTo(references[index]) >= 0)
            {
                throw record.Wrong("references are not sorted");
            }
        }

        return references;
    }
}
