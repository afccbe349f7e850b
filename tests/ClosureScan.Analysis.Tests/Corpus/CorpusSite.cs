namespace ClosureScan.Analysis.Tests.Corpus;

/// <summary>What a carrier is made from.</summary>
/// <param name="It">The store path that is to be planted.</param>
/// <param name="Own">The store path of the package the carrier lies in.</param>
/// <param name="Libc">The store path of the host's C library.</param>
/// <param name="Machine">What the carrier is built for.</param>
internal sealed record CorpusSite(string It, string Own, string Libc, CorpusMachine Machine)
{
    /// <summary>Fills a template: <c>&lt;it&gt;</c> and <c>&lt;out&gt;</c> are the planted path and the package's own.</summary>
    public string Fill(string template) =>
        template.Replace("<it>", It, StringComparison.Ordinal).Replace("<out>", Own, StringComparison.Ordinal);
}
