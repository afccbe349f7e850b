using System.Globalization;
using ClosureScan.Testing;

namespace ClosureScan.Cli.Tests.Hostile.Fuzzing;

/// <summary>
/// Every reader of outside text or bytes with mutated input: whatever it is, the outcome is one of the contract, within time and memory.
/// <c>CLOSURESCAN_OUTCOME_CASES</c> sets how many, <c>CLOSURESCAN_OUTCOME_SEED</c> the first seed, <c>CLOSURESCAN_TEST_TOOL</c> the native program. An
/// input that fails is written beside the tests; a mended one is kept in <c>Kept/</c>, named after its reader and what broke. Nothing runs beside these
/// tests, so that what the process takes is what they take.
/// </summary>
[Trait(Tier.Name, Tier.Laws)]
[Collection(Alone.Name)]
public sealed class OutsideReaderFuzzTests : IDisposable
{
    private const string Kept = "tests/ClosureScan.Cli.Tests/Hostile/Fuzzing/Kept";
    private const long MostMemory = 150L << 20;

    private static readonly int Cases = Setting("CLOSURESCAN_OUTCOME_CASES", 40);
    private static readonly int FirstSeed = Setting("CLOSURESCAN_OUTCOME_SEED", 1);

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(5);

    private readonly TemporaryTree _tree = new();
    private readonly OutsideReaders _readers;
    private readonly SortedDictionary<int, int> _exitCodes = [];
    private long _mostMemory;
    private TimeSpan _mostTime;
    private TimeSpan _time;

    public OutsideReaderFuzzTests() => _readers = new OutsideReaders(_tree);

    public static TheoryData<string> Readers => [.. OutsideReaders.Names];

    public static TheoryData<string> KeptInputs => [.. Directory.EnumerateFiles(Repository.PathOf(Kept)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Dispose() => _tree.Dispose();

    [Theory]
    [MemberData(nameof(Readers))]
    public void Mutated_input_has_an_outcome_of_the_contract(string name)
    {
        OutsideReader reader = _readers.Make(name);
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

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{name}: {Cases} cases from seed {FirstSeed}; exit codes {string.Join(", ", _exitCodes.Select(code => $"{code.Key} {code.Value} times"))}; "
            + $"{_mostMemory >> 10} KiB at most; {_time.TotalSeconds:0.0} s of the processor, {_mostTime.TotalMilliseconds:0} ms at most");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [MemberData(nameof(KeptInputs))]
    public void Input_that_was_found_once_has_an_outcome_of_the_contract(string file)
    {
        string name = OutsideReaders.Names.Where(candidate => file.StartsWith(candidate, StringComparison.Ordinal)).MaxBy(candidate => candidate.Length)!;
        string[][] calls = _readers.Make(name).Calls(File.ReadAllBytes(Repository.PathOf($"{Kept}/{file}")));
        Assert.Empty(calls.Select(FaultOf).OfType<string>());
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void Whole_input_is_read(string name)
    {
        OutsideReader reader = _readers.Make(name);
        foreach (byte[] seed in reader.Seeds)
        {
            // Of several calls one at least takes the input for what it is. What an evaluator could not evaluate leaves a check incomplete.
            Assert.Contains(reader.Calls(seed), call => ClosureScanTool.Run(call).ExitCode is var code && (code is 0 or 1 || (code == 3 && name == "nix-eval-jobs")));
        }
    }

    private string? FaultOf(string[] call)
    {
        MeasuredRun run = MeasuredRun.Of(call, _tree.PathOf("measured"));
        _exitCodes[run.Result.ExitCode] = _exitCodes.GetValueOrDefault(run.Result.ExitCode) + 1;
        _mostMemory = Math.Max(_mostMemory, run.Bytes);
        _mostTime = run.Time > _mostTime ? run.Time : _mostTime;
        _time += run.Time;
        string? fault = run.Time > MostTime ? $"took {run.Time} of the processor"
            : run.Bytes > MostMemory ? $"took {run.Bytes} bytes of memory"
            : Outcome.FaultOf(run.Result, call);
        return fault is null ? null : $"{string.Join(' ', call)}: {fault}";
    }

    private static int Setting(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}
