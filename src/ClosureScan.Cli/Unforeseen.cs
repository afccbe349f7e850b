namespace ClosureScan.Cli;

/// <summary>Words for an exception that nobody foresaw.</summary>
internal static class Unforeseen
{
    /// <summary>Its kind and message on one line.</summary>
    public static string Describe(Exception exception)
    {
        // Several threads that fail together fail for one reason.
        Exception cause = exception is AggregateException { InnerException: { } first } ? first : exception;
        return $"{cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}";
    }
}
