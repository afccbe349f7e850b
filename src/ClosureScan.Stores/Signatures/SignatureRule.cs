using ClosureScan.Paths;

namespace ClosureScan.Stores.Signatures;

/// <summary>Whether a claim can be believed: a trusted key signed it, or its content address proves it, or will when the contents are read.</summary>
internal sealed class SignatureRule(TrustedKeys keys)
{
    private const string Advice = "Trust the cache's key with --trusted-key NAME:BASE64 or trusted-public-keys in nix.conf, or scan with --no-check-sigs and believe the server.";

    /// <summary>What is wrong with a claim; null when it can be believed. That the bytes keep it is for who reads them.</summary>
    public string? FindProblem(PathInfo info) => keys.Verify(info) switch
    {
        SignatureVerdict.Good => null,
        _ when ContentAddress.OfContents(info) is not null => null,
        SignatureVerdict.Wrong => "its signature is wrong: what its narinfo says is not what the key's owner signed. Do not use the path; tell the owner of the cache.",
        SignatureVerdict.Unsigned => $"nobody has signed it. {Advice}",
        _ => $"it is signed by {string.Join(", ", info.Signatures.Select(NameOf).Distinct())}, and trusted here are {string.Join(", ", keys.Names)}. {Advice}",
    };

    /// <summary>What the contents must be hashed to while they are read, as nothing else vouches for them; null where a signature does, or the NAR's hash.</summary>
    public ContentAddress? ToProve(PathInfo info) => ContentAddress.Proves(info) || ContentAddress.OfContents(info) is not { } address || keys.Verify(info) == SignatureVerdict.Good ? null : address;

    private static string NameOf(string signature) => signature.Split(':')[0];
}
