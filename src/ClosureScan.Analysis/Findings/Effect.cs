using System.Text.Json.Serialization;

namespace ClosureScan.Analysis.Findings;

/// <summary>What an occurrence does on the host. Ordered: the worse one is greater.</summary>
[JsonConverter(typeof(EffectJsonConverter))]
public enum Effect
{
    /// <summary>It drags bytes along that nobody can use there.</summary>
    Bloats,

    /// <summary>What holds it fails when it runs: exec format error, missing interpreter.</summary>
    Breaks,
}
