namespace ClosureScan.Evidence;

/// <summary>What the text around a reference does with the path it names, judged from its line; decided for every hit while the bytes pass.</summary>
internal enum Usage
{
    /// <summary>The line does not tell.</summary>
    Unknown,

    /// <summary>Runs a program of the path.</summary>
    Executes,

    /// <summary>Loads or reads a file of the path: a library, a module, a configuration.</summary>
    Loads,

    /// <summary>Looks for programs or files in a directory of the path: an entry of PATH, of LD_LIBRARY_PATH, of a module path.</summary>
    Searches,

    /// <summary>Records or repeats how something was built: a configure or compiler command line, a compiler's name.</summary>
    Builds,

    /// <summary>A comment or documentation.</summary>
    Comment,

    /// <summary>A message for people: usage text, an error, a log line.</summary>
    Message,

    /// <summary>Names the path, and does nothing with it that is known.</summary>
    Mentions,
}
