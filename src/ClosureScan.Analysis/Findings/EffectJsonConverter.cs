using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClosureScan.Analysis.Findings;

/// <summary>An effect by its name in reports: breaks.</summary>
public sealed class EffectJsonConverter() : JsonStringEnumConverter<Effect>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);
