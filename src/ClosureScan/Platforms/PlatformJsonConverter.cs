using ClosureScan.Paths;

namespace ClosureScan.Platforms;

/// <summary>A platform as the name of its system: armv7l-linux.</summary>
public sealed class PlatformJsonConverter : TextJsonConverter<Platform>
{
    /// <inheritdoc/>
    protected override string ToText(Platform value) => value.System;

    /// <inheritdoc/>
    protected override bool TryParse(string text, out Platform? value) => Platform.TryParse(text, out value);
}
