namespace ClosureScan.Analysis.Graph.Exports;

/// <summary>How a table's fields are told apart.</summary>
internal enum TableFormat
{
    /// <summary>Commas and quotes, as RFC 4180 has them, but with bare line feeds.</summary>
    Csv,

    /// <summary>Tabs, with backslash escapes.</summary>
    Tsv,
}
