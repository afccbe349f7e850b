namespace ClosureScan.Analysis.Tests.Corpus;

/// <summary>What a plant refers to.</summary>
/// <param name="Name">Its name as it was leaked; see <see cref="CorpusMachine.Name"/>.</param>
/// <param name="HostName">The name of the host's own build of it.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record CorpusTarget(string Name, string HostName, CorpusTargetKind Kind = CorpusTargetKind.Programs)
{
    public static readonly CorpusTarget Bash = new("bash-4.4-p23", "bash@-4.4-p23");
    public static readonly CorpusTarget Coreutils = new("coreutils-9.1", "coreutils@-9.1");
    public static readonly CorpusTarget Python = new("python3-3.11.8", "python3@-3.11.8");
    public static readonly CorpusTarget Perl = new("perl-5.38.2", "perl@-5.38.2");
    public static readonly CorpusTarget Ruby = new("ruby-3.3.4", "ruby@-3.3.4");
    public static readonly CorpusTarget Glibc = new("glibc-2.38-44", "glibc@-2.38-44");
    public static readonly CorpusTarget CrossGcc = new("%-gcc-13.2.0", "gcc@-13.2.0");
    public static readonly CorpusTarget CrossWrapper = new("%-gcc-wrapper-13.2.0", "gcc-wrapper@-13.2.0", CorpusTargetKind.Wrapper);
    public static readonly CorpusTarget Gcc = Native("gcc-13.2.0");

    /// <summary>A path of the host's side, or of none; that it is in the closure is the fault, not what it is built for.</summary>
    public static CorpusTarget Native(string name) => new(name, name);

    /// <summary>A path without binaries: headers, a source, documentation.</summary>
    public static CorpusTarget Texts(string name) => new(name, name, CorpusTargetKind.Texts);
}
