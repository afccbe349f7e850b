using ClosureScan.Platforms;

namespace ClosureScan.Facts;

/// <summary>The binaries of a path: what they are for does not depend on the closure that the path is in.</summary>
internal static class CensusFacts
{
    public static void Write(FactsRecordWriter record, PlatformTally tally)
    {
        record.Choice((int)tally.Role);
        record.Optional(tally.Platform, platform => Write(record, platform));
        record.Choice((int)tally.Domain);
        record.Number(tally.FileCount);
        record.Number(tally.ByteCount);
        record.Items(tally.Files, file => Write(record, file));
    }

    public static PlatformTally Read(FactsRecord record) => new()
    {
        Role = record.Choice<FileRole>(),
        Platform = record.Optional(ReadPlatform),
        Domain = record.Choice<FileDomain>(),
        FileCount = record.Number(),
        ByteCount = record.Number(),
        Files = record.Items(ReadFile),
    };

    public static void Write(FactsRecordWriter record, Platform platform)
    {
        record.Text(platform.Cpu);
        record.Number(platform.Bits);
        record.Choice((int)platform.Endianness);
        record.Optional(platform.Kernel, record.Text);
        record.Optional(platform.Abi, record.Text);
        record.Optional(platform.Libc, record.Text);
        record.OptionalValue(platform.Level, level => record.Number(level));
    }

    public static Platform ReadPlatform(FactsRecord record) => new()
    {
        Cpu = record.Text(),
        Bits = record.Small(),
        Endianness = record.Choice<Endianness>(),
        Kernel = record.Optional(static record => record.Text()),
        Abi = record.Optional(static record => record.Text()),
        Libc = record.Optional(static record => record.Text()),
        Level = record.OptionalValue(static record => record.Small()),
    };

    private static void Write(FactsRecordWriter record, IdentifiedFile file)
    {
        record.Text(file.File);
        record.Number(file.Size);
        record.Number(file.NarOffset);
        record.Flag(file.Executable);
        record.Optional(file.Member, record.Text);
        FileIdentity identity = file.Identity;
        record.Choice((int)identity.Format);
        record.Choice((int)identity.Role);
        record.Optional(identity.Platform, platform => Write(record, platform));
        record.Optional(identity.Interpreter, record.Text);
        record.Optional(identity.InterpreterArguments, record.Text);
        record.Items(identity.RunPath, record.Text);
        record.Items(identity.Needed, record.Text);
        record.Items(identity.Members, member =>
        {
            record.Optional(member.Platform, platform => Write(record, platform));
            record.Number(member.Count);
            record.Text(member.First);
        });
        record.Optional(identity.Requirements, requirements =>
        {
            record.Optional(requirements.InstructionSet, record.Text);
            record.Optional(requirements.FloatingPoint, record.Text);
            record.OptionalValue(requirements.StackAlignment, alignment => record.Number(alignment));
            record.Flag(requirements.IsWhole);
        });
        record.Optional(identity.Note, record.Text);
    }

    private static IdentifiedFile ReadFile(FactsRecord record)
    {
        (string path, long size, long offset, bool executable) = (record.Text(), record.Number(), record.Number(), record.Flag());
        string? member = record.Optional(static record => record.Text());
        return new IdentifiedFile(path, size, offset, executable, ReadIdentity(record)) { Member = member };
    }

    private static FileIdentity ReadIdentity(FactsRecord record) => new()
    {
        Format = record.Choice<FileFormat>(),
        Role = record.Choice<FileRole>(),
        Platform = record.Optional(ReadPlatform),
        Interpreter = record.Optional(static record => record.Text()),
        InterpreterArguments = record.Optional(static record => record.Text()),
        RunPath = record.Items(static record => record.Text()),
        Needed = record.Items(static record => record.Text()),
        Members = record.Items(static record => new MemberTally(record.Optional(ReadPlatform), record.Small(), record.Text())),
        Requirements = record.Optional(static record => new CodeRequirements
        {
            InstructionSet = record.Optional(static record => record.Text()),
            FloatingPoint = record.Optional(static record => record.Text()),
            StackAlignment = record.OptionalValue(static record => record.Small()),
            IsWhole = record.Flag(),
        }),
        Note = record.Optional(static record => record.Text()),
    };
}
