namespace ClosureScan.Cli.Rendering;

/// <summary>What a scan left out without being incomplete, one remark a paragraph.</summary>
internal static class RemarkText
{
    private const int MostShown = 20;

    public static void Write(StyledWriter writer, ScannedClosure closure)
    {
        (string Path, ScanRemark Remark)[] remarks =
            [.. closure.Paths.SelectMany(path => (path.Scan?.Remarks ?? []).Select(remark => (path.Info.Path.BaseName, remark)))];
        if (remarks.Length == 0)
        {
            return;
        }

        writer.Indent(0).Words("Left out:", Style.Warning).Line();
        foreach ((string path, ScanRemark remark) in remarks.Take(MostShown))
        {
            writer.Indent(4).Column(2).Words($"{path}: {Describe(remark)}").Line();
        }

        if (remarks.Length > MostShown)
        {
            writer.Indent(4).Column(2).Words($"and {remarks.Length - MostShown} more; the JSON report has them all", Style.Dim).Line();
        }

        writer.Line();
    }

    /// <summary>One remark: how many, what, and the first files.</summary>
    public static string Describe(ScanRemark remark) =>
        $"{(remark.Files.IsEmpty ? Quantity.Number(remark.Count) : Quantity.Count(remark.Count, "file"))} {remark.Kind.Describe()}{Examples(remark)}";

    private static string Examples(ScanRemark remark) =>
        remark.Files.IsEmpty ? "" : $" ({string.Join(", ", remark.Files)}{(remark.Count > remark.Files.Length ? ", …" : "")})";
}
