namespace ClosureScan.Evidence;

/// <summary>Judges from the bytes around a hit how a text uses the path that it names. A pure function: equal bytes, equal answer, whatever walk they came from.</summary>
internal static class UsageClassifier
{
    /// <summary>What the line does with the path.</summary>
    public static Usage Classify(in UsageSite site) => Usage.Unknown;
}
