using System.Text.Json.Serialization;

namespace ClosureScan.Analysis.Findings;

/// <summary>How much a finding matters to the project, by its policy's word; apart from its <see cref="Effect"/>. Ordered: the graver one is greater.</summary>
[JsonConverter(typeof(SeverityJsonConverter))]
public enum Severity
{
    /// <summary>Worth knowing. It never fails a check.</summary>
    Note,

    /// <summary>It is shown and does not fail a check.</summary>
    Warning,

    /// <summary>It fails a check, unless it is known, or its effect is below what the policy fails on.</summary>
    Error,
}
