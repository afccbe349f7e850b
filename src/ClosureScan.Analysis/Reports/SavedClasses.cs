using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ClosureScan.Analysis.Comparing;
using ClosureScan.Analysis.Comparing.Classes;
using ClosureScan.Analysis.Comparing.Fingerprints;
using ClosureScan.Paths;

namespace ClosureScan.Analysis.Reports;

/// <summary>Reads manifests that <see cref="ClassesJson"/> wrote.</summary>
internal static class SavedClasses
{
    /// <summary>Reads one.</summary>
    /// <exception cref="ReportFormatException">It is no such manifest; the message names the member.</exception>
    public static ClosureClasses Read(Stream input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using JsonDocument document = SavedReport.Parse(input);
        ReportElement root = new(document.RootElement, "", new StrongBox<long>());
        ReportElement schema = root.Member("schema");
        ReportElement algorithm = root.Member("algorithm");
        return schema.Text() != ClassesJson.Schema ? throw schema.Wrong($"\"{ClassesJson.Schema}\"")
            : !ClassAlgorithms.TryParse(algorithm.Text(), out ClassAlgorithm known) ? throw algorithm.Wrong("an algorithm that is known")
            : new ClosureClasses { Algorithm = known, Cross = ReadSide(root.Member("cross")), Native = ReadSide(root.Member("native")) };
    }

    private static ComparedClosure ReadSide(ReportElement side)
    {
        ImmutableArray<PathClass> classes = [.. side.Member("paths").Items().Select(ReadPath)];
        HashSet<StorePath> paths = [.. classes.Select(item => item.Info.Path)];
        ImmutableArray<StorePath> roots = ReadPaths(side.Member("roots"));
        foreach (PathClass item in classes)
        {
            if (item.Fingerprint is { } fingerprint && fingerprint.Contents.Targets.Any(target => target < 0 || target >= classes.Length))
            {
                throw new ReportFormatException("targets", $"of {item.Info.Path} name a path that is not there.");
            }
        }

        return paths.Count != classes.Length ? throw new ReportFormatException("paths", "has a path twice.")
            : roots.IsEmpty || roots.Any(path => !paths.Contains(path)) ? throw new ReportFormatException("roots", "is empty, or has a path that is not among the paths.")
            : new ComparedClosure { Location = side.Member("store").Text(), Roots = roots, Paths = [.. classes.Select(item => item.Info)], Classes = classes };
    }

    private static PathClass ReadPath(ReportElement path) => new()
    {
        Info = new PathInfo
        {
            Path = path.Member("path").Path(),
            References = ReadPaths(path.Member("references")),
            NarHash = path.Optional("narHash") is { } hash && NarHash.TryParse(hash.Text(), out NarHash known) ? known : null,
        },
        Class = path.Member("class").Path(),
        Level = path.Optional("level") is { } level && ComparisonLevels.TryParse(level.Text(), out ComparisonLevel found) ? found : null,
        Counterpart = path.Optional("counterpart")?.Path(),
        Masks = [.. path.Member("masks").Items().Select(mask => mask.Text())],
        Fingerprint = path.Optional("contents") is { } contents ? ReadContents(contents) : null,
    };

    private static PathFingerprint ReadContents(ReportElement contents)
    {
        ReportElement targets = contents.Member("targets");
        ImmutableArray<int> indices =
        [
            .. targets.Text().Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : throw targets.Wrong("numbers")),
        ];
        return new PathFingerprint(
            null,
            new ContentDigest(ReadDigest(contents.Member("bare")), ReadDigest(contents.Member("named")), indices),
            contents.Optional("machine") is { } machine ? Machine.Parse(machine.Text()) : null);
    }

    private static Digest ReadDigest(ReportElement digest)
    {
        Span<byte> bytes = stackalloc byte[Digest.Length];
        string text = digest.Text();
        return text.Length == 2 * Digest.Length && Convert.FromHexString(text, bytes, out _, out int written) == OperationStatus.Done && written == bytes.Length
            ? new Digest(bytes)
            : throw digest.Wrong("a SHA-256 in hexadecimal digits");
    }

    private static ImmutableArray<StorePath> ReadPaths(ReportElement paths) => [.. paths.Items().Select(path => path.Path())];
}
