namespace ClosureScan.Analysis.Policy;

/// <summary>What a policy's author should know of it although it is no error: an entry about to expire, one that accepts more than was meant, a host that the closure contradicts.</summary>
/// <param name="Message">What it is, for people, with what to do.</param>
/// <param name="Line">Where the entry begins in the policy, counted from 1; 0 when it is about no entry.</param>
public sealed record PolicyWarning(string Message, int Line);
