using ClosureScan.Testing;

namespace ClosureScan.Stores.Tests;

/// <summary>A small closure built by a real Nix: a path that refers to itself, one that refers to it, and a root.</summary>
internal sealed record SampleClosure(string Root, string Middle, string Leaf)
{
    public static SampleClosure Build(RealNix nix)
    {
        string leaf = nix.BuildScript("stores-leaf", "mkdir -p $out/bin; echo $out > $out/bin/self; seq 1 20000 > $out/numbers");
        string middle = nix.BuildScript("stores-middle", "mkdir $out; ln -s $leaf/bin/self $out/link; echo plain > $out/plain", ("leaf", leaf));
        string root = nix.BuildScript("stores-root", "echo $middle $leaf > $out", ("middle", middle), ("leaf", leaf));
        return new SampleClosure(root, middle, leaf);
    }
}
