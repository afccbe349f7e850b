using System.Text.Json;
using ClosureScan.Input;
using ClosureScan.Paths;

namespace ClosureScan.Stores.Roots;

/// <summary>
/// The folder that nixpkgs-review leaves for a pull request: links to what was built under <c>results</c>, named by attribute and system, and
/// a <c>report.json</c> that tells what failed.
/// </summary>
internal static class NixpkgsReviewFolder
{
    private const long MaxReportLength = 16L << 20;

    /// <summary>Reads the folder.</summary>
    /// <exception cref="RootListException">It has neither <c>results</c> nor <c>report.json</c>, a link leads nowhere useful, or the report is damaged.</exception>
    public static RootList Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string results = Path.Combine(folder, "results");
        string report = Path.Combine(folder, "report.json");
        bool hasResults = Directory.Exists(results);
        bool hasReport = File.Exists(report);
        if (!hasResults && !hasReport)
        {
            throw new RootListException(folder, 0, "It has neither a folder results nor a report.json, so it is none of nixpkgs-review.");
        }

        IEnumerable<NamedRoot> roots = hasResults
            ? new DirectoryInfo(results).EnumerateFileSystemInfos().Select(ReadLink).OrderBy(root => root.Name, StringComparer.Ordinal)
            : [];
        return new RootList([.. roots], hasReport ? [.. ReadFailures(report)] : []);
    }

    private static NamedRoot ReadLink(FileSystemInfo link) => StorePath.TryParse(link.LinkTarget, out StorePath? path)
        ? new NamedRoot(link.Name, path)
        : throw new RootListException(link.FullName, 0, link.LinkTarget is { } target ? $"It leads to {target}, which is no store path." : "It is no symbolic link.");

    private static List<ScanProblem> ReadFailures(string report)
    {
        List<ScanProblem> problems = [];
        try
        {
            using Stream stream = InputFile.OpenText(report, MaxReportLength);
            using JsonDocument document = JsonDocument.Parse(stream);
            foreach (JsonProperty system in document.RootElement.GetProperty("result").EnumerateObject())
            {
                if (system.Value.TryGetProperty("failed", out JsonElement failed))
                {
                    problems.AddRange(failed.EnumerateArray().Select(name =>
                        new ScanProblem($"{name.GetString()}-{system.Name}", "it failed to build, so there is nothing to scan")));
                }
            }

            return problems;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new RootListException(report, 0, $"Expected a report of nixpkgs-review: {exception.Message}");
        }
    }
}
