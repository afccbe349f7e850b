namespace ClosureScan.Stores.Http;

/// <summary>Why a request failed.</summary>
/// <param name="Message">What is wrong, without a full stop.</param>
/// <param name="IsTransient">Whether another attempt may succeed.</param>
/// <param name="IsThrottling">Whether the server asks for fewer requests.</param>
/// <param name="RetryAfter">How long the server asks to wait.</param>
internal sealed record HttpFailure(string Message, bool IsTransient, bool IsThrottling = false, TimeSpan RetryAfter = default);
