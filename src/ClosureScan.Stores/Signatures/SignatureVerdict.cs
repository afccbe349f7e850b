namespace ClosureScan.Stores.Signatures;

/// <summary>What the signatures of a claim are worth.</summary>
internal enum SignatureVerdict
{
    /// <summary>A trusted key signed it.</summary>
    Good,

    /// <summary>There is none.</summary>
    Unsigned,

    /// <summary>There are some, by keys that nobody trusts here.</summary>
    Unknown,

    /// <summary>One names a trusted key, and is not by it or of another claim.</summary>
    Wrong,
}
