namespace ClosureScan.Analysis.Tests.Corpus;

/// <summary>A file, or a symlink when <paramref name="Target"/> is given.</summary>
internal sealed record CorpusFile(byte[] Contents, bool Executable = false, string? Target = null);
