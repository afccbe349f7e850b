using ClosureScan.Derivations;

namespace ClosureScan.Facts;

/// <summary>What the derivation of one path says.</summary>
internal static class RecordedBuildFacts
{
    public static void Write(FactsRecordWriter record, PathTable paths, RecordedBuild build)
    {
        record.Number(paths.NumberOf(build.Derivation));
        CensusFacts.Write(record, build.Host);
        record.Optional(build.Build, platform => CensusFacts.Write(record, platform));
        record.Optional(build.Target, platform => CensusFacts.Write(record, platform));
        record.Items(build.Inputs, input =>
        {
            record.Number(paths.NumberOf(input.Path));
            record.Text(input.Variable);
        });
    }

    public static RecordedBuild Read(FactsRecord record, PathTable paths) => new()
    {
        Derivation = paths.At(record),
        Host = CensusFacts.ReadPlatform(record),
        Build = record.Optional(CensusFacts.ReadPlatform),
        Target = record.Optional(CensusFacts.ReadPlatform),
        Inputs = record.Items(record => new RecordedInput(paths.At(record), record.Text())),
    };
}
