namespace ClosureScan.Analysis.Comparing;

/// <summary>What differs, in the order in which a reader wants to know. <see cref="DifferenceKinds"/> has their names and what they mean.</summary>
public enum DifferenceKind
{
    /// <summary>A <c>#define</c>, a <c>typedef</c>, a declaration in a header that is installed.</summary>
    Headers,

    /// <summary>A function or variable that a library gives.</summary>
    Exports,

    /// <summary>A function or variable that a program asks of its libraries.</summary>
    Imports,

    /// <summary>A library that is loaded with it, DT_NEEDED.</summary>
    Needed,

    /// <summary>The name that a library is loaded by, DT_SONAME.</summary>
    Soname,

    /// <summary>The program interpreter.</summary>
    Interpreter,

    /// <summary>The machine, class or byte order.</summary>
    Machine,

    /// <summary>A build attribute of ARM or RISC-V.</summary>
    Attributes,

    /// <summary>Read-only relocations, immediate binding, an executable stack, position independence.</summary>
    Hardening,

    /// <summary>A GNU property note: branch protection, instruction set level.</summary>
    Properties,

    /// <summary>A field of a pkg-config file.</summary>
    PkgConfig,

    /// <summary>A setting of a CMake package file.</summary>
    CMake,

    /// <summary>A field of a libtool archive.</summary>
    Libtool,

    /// <summary>What a <c>*-config</c> script answers.</summary>
    ConfigScript,

    /// <summary>A key of a language's configuration: sysconfigdata, Config.pm, rbconfig.rb, Makefile.inc.</summary>
    Settings,

    /// <summary>A module or package of Perl, Python, Ruby or Lua that one side lacks.</summary>
    Modules,

    /// <summary>A table of data of equal name and size with other contents.</summary>
    Tables,

    /// <summary>Constants and strings of a binary.</summary>
    Data,

    /// <summary>Machine code.</summary>
    Code,

    /// <summary>A file, link or directory that one side lacks.</summary>
    Files,

    /// <summary>Another kind of file, or another mode.</summary>
    Modes,

    /// <summary>The target of a symbolic link.</summary>
    Links,

    /// <summary>One path is named in the place of two.</summary>
    Mapping,

    /// <summary>A line of a text of no special meaning.</summary>
    Text,

    /// <summary>Bytes of a file that nobody here reads.</summary>
    Bytes,

    /// <summary>Contents that could not be compared: too large, or only a manifest is at hand.</summary>
    Unknown,

    /// <summary>A fact of the build.</summary>
    BuildFacts,

    /// <summary>Places, alignment, padding.</summary>
    Layout,
}
