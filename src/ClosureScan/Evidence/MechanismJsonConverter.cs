using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClosureScan.Evidence;

/// <summary>A mechanism by its name in reports: config-script.</summary>
public sealed class MechanismJsonConverter() : JsonStringEnumConverter<Mechanism>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);
