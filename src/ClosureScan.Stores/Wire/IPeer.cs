namespace ClosureScan.Stores.Wire;

/// <summary>Something that answers on the other end of two streams: a daemon's socket, or a program started here. Disposing it hangs up.</summary>
internal interface IPeer : IDisposable
{
    /// <summary>What it says.</summary>
    Stream Input { get; }

    /// <summary>What is said to it.</summary>
    Stream Output { get; }

    /// <summary>What else it said, such as an error on the side, when it stops to answer; null for nothing. May wait a moment for it.</summary>
    string? LastWords { get; }
}
