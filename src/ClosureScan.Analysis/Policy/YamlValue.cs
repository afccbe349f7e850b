using YamlDotNet.Core;

namespace ClosureScan.Analysis.Policy;

/// <summary>A value of a YAML document, with the place it begins.</summary>
internal abstract record YamlValue(Mark Start);

/// <summary>Text; YAML's own types are left to who reads it, so <c>off</c> is the word off.</summary>
internal sealed record YamlScalar(Mark Start, string Text) : YamlValue(Start);

/// <summary>A list.</summary>
internal sealed record YamlSequence(Mark Start, IReadOnlyList<YamlValue> Items) : YamlValue(Start);

/// <summary>Keys and values, in the order of the file, no key twice.</summary>
internal sealed record YamlMapping(Mark Start, IReadOnlyList<(YamlScalar Key, YamlValue Value)> Entries) : YamlValue(Start);
