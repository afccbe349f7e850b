using System.Collections.Immutable;
using ClosureScan.Paths;
using ClosureScan.Stores.Configuration;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace ClosureScan.Stores.Signatures;

/// <summary>
/// The public keys whose signatures count, by name. Ed25519 by BouncyCastle, which the framework lacks. Immutable; may be used by
/// several threads. A check takes about 0.3 ms.
/// </summary>
internal sealed class TrustedKeys
{
    /// <summary>The key that Nix trusts where nothing is configured.</summary>
    public const string Default = "cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=";

    private readonly ImmutableDictionary<string, byte[]> _keys;

    private TrustedKeys(ImmutableDictionary<string, byte[]> keys) => _keys = keys;

    /// <summary>The keys of <c>trusted-public-keys</c> in Nix's configuration, and more of the caller's.</summary>
    /// <param name="configuration">Nix's configuration.</param>
    /// <param name="added">Further keys, <c>NAME:BASE64</c>.</param>
    /// <exception cref="StoreUriException">A key is malformed.</exception>
    public static TrustedKeys Load(NixConfiguration configuration, IEnumerable<string> added) =>
        Parse([.. configuration.List("trusted-public-keys", Default), .. added]);

    /// <summary>Reads keys, <c>NAME:BASE64</c>.</summary>
    /// <exception cref="StoreUriException">A key is malformed.</exception>
    public static TrustedKeys Parse(params IEnumerable<string> keys)
    {
        ImmutableDictionary<string, byte[]>.Builder known = ImmutableDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        foreach (string key in keys)
        {
            byte[] bytes = new byte[Ed25519.PublicKeySize];
            known[NameOf(key)] = TryDecode(key, bytes)
                ? bytes
                : throw new StoreUriException($"The trusted key \"{key}\" must be NAME:BASE64 with {Ed25519.PublicKeySize} bytes, as nix key convert-secret-to-public prints it.");
        }

        return new TrustedKeys(known.ToImmutable());
    }

    /// <summary>The names of the keys, sorted.</summary>
    public IEnumerable<string> Names => _keys.Keys.Order(StringComparer.Ordinal);

    /// <summary>Judges the signatures of a claim. One good one suffices.</summary>
    public SignatureVerdict Verify(PathInfo info)
    {
        SignatureVerdict verdict = info.Signatures.IsEmpty ? SignatureVerdict.Unsigned : SignatureVerdict.Unknown;
        byte[] fingerprint = PathFingerprint.Of(info) ?? [];
        byte[] bytes = new byte[Ed25519.SignatureSize];
        foreach (string signature in info.Signatures)
        {
            if (!_keys.TryGetValue(NameOf(signature), out byte[]? key))
            {
                continue;
            }

            if (TryDecode(signature, bytes)
                && fingerprint.Length > 0
                && Ed25519.Verify(bytes, 0, key, 0, fingerprint, 0, fingerprint.Length))
            {
                return SignatureVerdict.Good;
            }

            verdict = SignatureVerdict.Wrong;
        }

        return verdict;
    }

    private static string NameOf(string text) => text.IndexOf(':', StringComparison.Ordinal) is > 0 and int colon ? text[..colon] : "";

    private static bool TryDecode(string text, byte[] bytes) =>
        text.IndexOf(':', StringComparison.Ordinal) is > 0 and int colon
        && Convert.TryFromBase64Chars(text.AsSpan(colon + 1), bytes, out int written)
        && written == bytes.Length;
}
