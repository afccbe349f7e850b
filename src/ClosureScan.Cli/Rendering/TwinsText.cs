using System.Collections.Immutable;
using ClosureScan.Analysis.Explaining;
using ClosureScan.Analysis.Graph;
using ClosureScan.Paths;
using ClosureScan.Platforms;

namespace ClosureScan.Cli.Rendering;

/// <summary>The report of <c>size --twins</c>: the packages with several paths, what each path costs and who holds it.</summary>
internal sealed class TwinsText(ClosureGraph graph, ImmutableArray<PackageTwins> packages, Platform? host, StyledWriter writer)
{
    private const int NumberWidth = 10;
    private const int PathColumn = 2 * NumberWidth + 2;
    private const int HoldersShown = 3;

    private readonly PathLabels _labels = new(graph.Paths, host);

    public void Write(int limit)
    {
        if (packages.IsEmpty)
        {
            writer.Words("Every package of the closure is there once.").Line();
            return;
        }

        WriteRow("self", "added", "path, ← who refers to it", Style.Dim);
        foreach (PackageTwins package in packages.Take(limit))
        {
            writer.Line();
            writer.Indent(0).Words(package.PackageName, Style.Strong)
                .Words($"{Quantity.Count(package.Paths.Length, "path")}, {Quantity.Bytes(package.SelfSize)}; differ in {Differences(package.Differences)}").Line();
            foreach (PackageVariant variant in package.Variants)
            {
                WriteVariant(variant);
            }
        }

        if (packages.Length > limit)
        {
            writer.Line();
            writer.Indent(0).Words($"{Quantity.Count(packages.Length - limit, "more package")}; --top N shows more", Style.Dim).Line();
        }
    }

    private static string Differences(TwinDifferences differences) => string.Join(
        ", ", Enum.GetValues<TwinDifferences>().Where(one => one != TwinDifferences.None && differences.HasFlag(one)).Select(one => one.ToString().ToLowerInvariant()));

    private void WriteVariant(PackageVariant variant)
    {
        foreach (PackageTwin twin in variant.Paths)
        {
            WriteRow(Quantity.Bytes(twin.SelfSize), Quantity.Bytes(twin.AddedSize), _labels[twin.Path], Style.Plain);
            WriteHolders(twin);
        }

        if (variant.Paths.Length > 1)
        {
            WriteRow(Quantity.Bytes(variant.SelfSize), Quantity.Bytes(variant.AddedSize), $"these {variant.Paths.Length} together: {Describe(variant)}", Style.Accent);
        }
    }

    private static string Describe(PackageVariant variant) => string.Join(", ", ((string?[])
    [
        variant.Version ?? "no version",
        variant.IsStatic ? "static" : null,
        variant.HostTriple is { } host ? $"for {host}" : variant.TargetTriple is null ? "native" : null,
        variant.TargetTriple is { } target ? $"makes code for {target}" : null,
    ]).OfType<string>());

    private void WriteHolders(PackageTwin twin)
    {
        foreach (StorePath holder in twin.Holders.Take(HoldersShown))
        {
            writer.Column(PathColumn + 2).Raw($"← {_labels[holder]}", Style.Dim).Line();
        }

        if (twin.Holders.Length > HoldersShown)
        {
            writer.Column(PathColumn + 2).Raw($"← {Quantity.Count(twin.Holders.Length - HoldersShown, "more path")}", Style.Dim).Line();
        }
    }

    private void WriteRow(string self, string added, string path, Style style) =>
        writer.Indent(PathColumn).Column(0).Raw(self.PadLeft(NumberWidth)).Raw(added.PadLeft(NumberWidth)).Column(PathColumn).Words(path, style).Line();
}
