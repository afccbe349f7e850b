using ClosureScan.Media;

namespace ClosureScan.Fleet.Ledgers;

/// <summary>A ledger, a queue or a source of roots cannot be used. The message says what, where and what to do next.</summary>
internal sealed class FleetException : ClosureScanException
{
    /// <summary>Makes an exception.</summary>
    /// <param name="kind">Whether another time, another input or another name may help.</param>
    /// <param name="message">For a person.</param>
    /// <param name="cause">What it was noticed by.</param>
    public FleetException(ErrorKind kind, MessageText message, Exception? cause = null)
        : base(message.ToString(), cause) => Kind = kind;

    /// <inheritdoc/>
    public override ErrorKind Kind { get; }
}
