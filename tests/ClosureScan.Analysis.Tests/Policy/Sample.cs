using ClosureScan.Analysis.Findings;
using ClosureScan.Analysis.Leaks;
using ClosureScan.Analysis.Policy;
using ClosureScan.Evidence;

namespace ClosureScan.Analysis.Tests.Policy;

/// <summary>A small image with four findings, and policies as text.</summary>
internal static class Sample
{
    public const string Host = "armv7l-unknown-linux-gnueabihf";
    public const string Image = $"pi-image-{Host}-1.0";
    public const string Curl = $"curl-{Host}-8.7.1";
    public const string Kbd = $"kbd-{Host}-2.6.4";
    public const string Systemd = $"systemd-minimal-{Host}-255.4";
    public const string Wrapper = $"{Host}-gcc-wrapper-13.2.0";
    public const string Gcc = $"{Host}-gcc-13.2.0";
    public const string Bash = "bash-5.2p26";

    public static ReportBuilder Image1(string salt = "") => Paths(salt)
        .Finding(RuleIds.ForeignInterpreter, Effect.Breaks, Kbd, Bash, 5_000_000, ("bin/unicode_start", Mechanism.Shebang), ("share/kbd-2.6.4/notes", Mechanism.Text))
        .Finding(RuleIds.ForeignBinary, Effect.Breaks, Systemd, Systemd, 70_000, ("lib/systemd/system-generators/systemd-veritysetup-generator", Mechanism.ElfRodata))
        .Finding(RuleIds.ForeignReference, Effect.Bloats, Curl, Wrapper, 250_000_000, ("bin/curl-config", Mechanism.ConfigScript));

    /// <summary>The paths alone: nothing leaks.</summary>
    public static ReportBuilder Paths(string salt = "") => new ReportBuilder { Salt = salt }
        .Add(Image, 1000, Curl, Kbd, Systemd)
        .Add(Curl, 2000, Wrapper)
        .Add(Kbd, 3000, Bash)
        .Add(Systemd, 4000)
        .Add(Wrapper, 5000, Gcc)
        .Add(Gcc, 250_000_000)
        .Add(Bash, 5_000_000);

    public static ClosurePolicy Policy(string text) => ClosurePolicy.Read(new StringReader(text), "closurescan.yaml");

    public static PolicyVerdict Judge(string policy, ClosureReport? report = null, PolicyOptions? options = null) =>
        PolicyJudge.Judge(report ?? Image1().Build(), Policy(policy), options);
}
