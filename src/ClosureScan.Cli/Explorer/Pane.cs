namespace ClosureScan.Cli.Explorer;

/// <summary>The parts of the screen that the cursor can be in.</summary>
internal enum Pane
{
    /// <summary>Who refers to the path under the cursor.</summary>
    Holders,

    /// <summary>Where one is.</summary>
    Here,

    /// <summary>What the path refers to.</summary>
    Holds,

    /// <summary>The files that hold the reference under the cursor.</summary>
    Bytes,
}
