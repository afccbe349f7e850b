using ClosureScan.Analysis.Leaks;
using ClosureScan.Evidence;
using ClosureScan.Testing;
using Xunit.Sdk;

namespace ClosureScan.Analysis.Tests.Explaining;

/// <summary>A small closure of any shape: paths of the host, of the build side and without a platform, whose files name each other.</summary>
internal static class RandomClosure
{
    private const string Arm = "armv7l-linux";
    private const string Intel = "x86_64-linux";

    private static readonly AnalysisOptions OnArm = new() { Host = Platforms.Platform.TryParse(Arm, out Platforms.Platform? arm) ? arm : null };

    /// <summary>
    /// Runs a law on many closures. The first seed is that of CLOSURESCAN_SEED, else a new one each run; a failure names the seed of
    /// the closure that broke the law.
    /// </summary>
    public static void ForEach(int count, Action<ClosureReport, Random> law, int maxPaths = 13)
    {
        int first = int.TryParse(Environment.GetEnvironmentVariable("CLOSURESCAN_SEED"), out int given) ? given : Random.Shared.Next();
        for (int index = 0; index < count; index++)
        {
            int seed = unchecked(first + index);
            Random random = new(seed);
            ClosureReport report = ClosureAnalyzer.Analyze(Create(random, maxPaths).Build(), OnArm);
            try
            {
                law(report, random);
            }
            catch (Exception exception)
            {
                throw new XunitException(
                    $"CLOSURESCAN_SEED={seed}: {exception.Message}\n"
                    + string.Join('\n', report.Paths.Select(path => $"{path.Path.Name} {path.Side}: {string.Join(' ', path.References.Select(to => to.Name))}")), exception);
            }
        }
    }

    private static ClosureBuilder Create(Random random, int maxPaths)
    {
        ClosureBuilder closure = new();
        int count = random.Next(2, maxPaths + 1);
        for (int index = 0; index < count; index++)
        {
            closure.Add($"p{index}", path =>
            {
                path.Size(random.Next(1, 1000));
                switch (index == 0 ? 0 : random.Next(3))
                {
                    case 0:
                        path.Program("bin/p", Arm);
                        if (random.Next(4) == 0)
                        {
                            path.Program("bin/foreign", Intel);
                        }

                        break;
                    case 1:
                        path.Program("bin/p", Intel);
                        break;
                    default:
                        break;
                }

                for (int references = random.Next(4); references > 0; references--)
                {
                    int target = random.Next(count);
                    if (target != index)
                    {
                        bool isLink = random.Next(8) == 0;
                        Mechanism mechanism = isLink ? Mechanism.SymlinkTarget : random.Next(6) == 0 ? Mechanism.ElfNeeded : Mechanism.Text;
                        path.Refers($"p{target}", mechanism, $"{(isLink ? "link" : "file")}{random.Next(3)}");
                    }
                }
            });
        }

        return closure;
    }
}
