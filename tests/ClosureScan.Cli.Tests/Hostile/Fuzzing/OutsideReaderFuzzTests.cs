using System.Globalization;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Hostile.Fuzzing;

/// <summary>
/// Every reader of outside text or bytes with mutated input: whatever it is, the outcome is one of the contract, within time and memory.
/// <c>CLOSURESCAN_OUTCOME_CASES</c> sets how many, <c>CLOSURESCAN_OUTCOME_SEED</c> the first seed, <c>CLOSURESCAN_TEST_TOOL</c> the native program, whose
/// memory is then bounded by the runtime itself. An input that fails is written beside the tests; a mended one is kept in <c>Kept/</c>, named after
/// its reader and what broke.
/// </summary>
[Trait(Tier.Name, Tier.Laws)]
public sealed class OutsideReaderFuzzTests : IDisposable
{
    private const string Kept = "tests/ClosureScan.Cli.Tests/Hostile/Fuzzing/Kept";

    private static readonly int Cases = Setting("CLOSURESCAN_OUTCOME_CASES", 60);
    private static readonly int FirstSeed = Setting("CLOSURESCAN_OUTCOME_SEED", 1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly TemporaryTree _tree = new();

    public static TheoryData<string> Readers => [.. OutsideReaders.Names];

    public static TheoryData<string> KeptInputs => [.. Directory.EnumerateFiles(Repository.PathOf(Kept)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Dispose() => _tree.Dispose();

    [Theory]
    [MemberData(nameof(Readers))]
    public void Mutated_input_has_an_outcome_of_the_contract(string name)
    {
        OutsideReader reader = new OutsideReaders(_tree).Make(name);
        List<string> faults = [];
        for (int seed = FirstSeed; seed < FirstSeed + Cases && faults.Count < 10; seed++)
        {
            Random random = new(seed);
            byte[] input = Mutation.Of(reader.Seeds[random.Next(reader.Seeds.Count)], reader.Seeds, random);
            string[][] calls = reader.Calls(input);
            if (FaultOf(calls[random.Next(calls.Length)]) is { } fault)
            {
                string file = Path.Combine(AppContext.BaseDirectory, $"{name}-{seed}");
                File.WriteAllBytes(file, input);
                faults.Add($"seed {seed}, {file}: {fault}");
            }
        }

        Assert.Empty(faults);
    }

    [Theory]
    [MemberData(nameof(KeptInputs))]
    public void Input_that_was_found_once_has_an_outcome_of_the_contract(string file)
    {
        string name = OutsideReaders.Names.Where(candidate => file.StartsWith(candidate, StringComparison.Ordinal)).MaxBy(candidate => candidate.Length)!;
        string[][] calls = new OutsideReaders(_tree).Make(name).Calls(File.ReadAllBytes(Repository.PathOf($"{Kept}/{file}")));
        Assert.Empty(calls.Select(FaultOf).OfType<string>());
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void Whole_input_is_read(string name)
    {
        OutsideReader reader = new OutsideReaders(_tree).Make(name);
        foreach (byte[] seed in reader.Seeds)
        {
            // Of several calls one at least takes the input for what it is. What an evaluator could not evaluate leaves a check incomplete.
            Assert.Contains(reader.Calls(seed), call => ClosureScanTool.Run(call).ExitCode is var code && (code is 0 or 1 || (code == 3 && name == "nix-eval-jobs")));
        }
    }

    private static string? FaultOf(string[] call)
    {
        long start = Environment.TickCount64;
        ToolRun run = ClosureScanTool.Run(call);
        long milliseconds = Environment.TickCount64 - start;
        return milliseconds > Longest.TotalMilliseconds ? $"{string.Join(' ', call)} took {milliseconds} ms"
            : Outcome.FaultOf(run, call) is { } fault ? $"{string.Join(' ', call)}: {fault}"
            : null;
    }

    private static int Setting(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}
