using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClosureScan.Analysis.Findings;

/// <summary>A severity by its name in reports: error.</summary>
public sealed class SeverityJsonConverter() : JsonStringEnumConverter<Severity>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);
