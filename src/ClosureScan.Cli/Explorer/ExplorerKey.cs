namespace ClosureScan.Cli.Explorer;

/// <summary>A key that was pressed: the character that it means, or what it is called.</summary>
/// <param name="Code">The key.</param>
/// <param name="Character">What it writes; 0 for keys that write nothing.</param>
/// <param name="Control">Whether Ctrl was held.</param>
internal readonly record struct ExplorerKey(ConsoleKey Code, char Character = '\0', bool Control = false)
{
    public static ExplorerKey Of(ConsoleKeyInfo info) => new(info.Key, info.KeyChar, info.Modifiers.HasFlag(ConsoleModifiers.Control));

    /// <summary>The key of a character, as tests press it.</summary>
    public static ExplorerKey Of(char character) => character switch
    {
        '\n' => new(ConsoleKey.Enter, '\r'),
        '\t' => new(ConsoleKey.Tab, '\t'),
        '\e' => new(ConsoleKey.Escape, '\e'),
        '\b' => new(ConsoleKey.Backspace, '\b'),
        _ => new(ConsoleKey.NoName, character),
    };
}
