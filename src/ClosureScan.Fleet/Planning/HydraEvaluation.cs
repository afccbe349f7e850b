using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClosureScan.Fleet.Ledgers;
using ClosureScan.Paths;

namespace ClosureScan.Fleet.Planning;

/// <summary>The builds of an evaluation as Hydra tells them, <c>GET /eval/{id}/builds</c>: an array of builds, each with its outputs' store paths.</summary>
internal static partial class HydraEvaluation
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Whether a root is the address of an evaluation.</summary>
    public static bool IsAddress(string root) => Address().IsMatch(root);

    /// <summary>Asks a Hydra.</summary>
    /// <param name="address"><c>https://HYDRA/eval/ID</c>, with or without <c>/builds</c>.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="FleetException">It does not answer, or with something else.</exception>
    public static async Task<EvaluationRoots> FetchAsync(string address, CancellationToken cancellationToken)
    {
        Match match = Address().Match(address);
        Uri uri = new($"{match.Groups[1].Value}/builds");
        try
        {
            using HttpClient client = new() { Timeout = Patience };
            client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("ClosureScan", "0"));
            using HttpResponseMessage response = await client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new FleetException(ErrorKind.Unreadable, $"{uri} answers {(int)response.StatusCode}. Is there such an evaluation?");
            }

            await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return await ReadAsync(body, uri.ToString(), match.Groups[2].Value, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new FleetException(ErrorKind.Unreadable, $"{uri} cannot be fetched: {exception.Message}", exception);
        }
    }

    /// <summary>Reads what Hydra answered.</summary>
    /// <param name="body">The JSON.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <param name="name">What to call the evaluation.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FleetException">It is something else.</exception>
    public static async Task<EvaluationRoots> ReadAsync(Stream body, string source, string name, CancellationToken cancellationToken)
    {
        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(body, default, cancellationToken).ConfigureAwait(false);
            Dictionary<string, PlannedJob> jobs = new(StringComparer.Ordinal);
            List<ScanProblem> problems = [];
            foreach (JsonElement build in document.RootElement.EnumerateArray())
            {
                Add(build, jobs, problems);
            }

            return new EvaluationRoots(name, [.. jobs.Values], [.. problems]);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new FleetException(ErrorKind.Malformed, $"{source} is not what Hydra answers to GET /eval/ID/builds, an array of builds: {exception.Message}", exception);
        }
    }

    private static void Add(JsonElement build, Dictionary<string, PlannedJob> jobs, List<ScanProblem> problems)
    {
        string job = build.GetProperty("job").GetString() ?? throw new FormatException("\"job\" is null.");
        bool succeeded = build.GetProperty("finished").GetInt32() == 1 && build.GetProperty("buildstatus") is { ValueKind: JsonValueKind.Number } status && status.GetInt32() == 0;
        if (!succeeded)
        {
            problems.Add(new ScanProblem(job, string.Create(CultureInfo.InvariantCulture, $"build {build.GetProperty("id").GetInt64()} did not succeed, so it has no output")));
            return;
        }

        foreach (JsonProperty output in build.GetProperty("buildoutputs").EnumerateObject())
        {
            if (output.Value.GetProperty("path").GetString() is { Length: > 0 } path)
            {
                string label = output.NameEquals("out") ? job : $"{job}.{output.Name}";
                jobs[label] = new PlannedJob(label, StorePath.Parse(path));
            }
        }
    }

    [GeneratedRegex(@"^(https?://.+/eval/([0-9]+))(?:/builds)?/?$", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
