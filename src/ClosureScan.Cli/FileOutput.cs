namespace ClosureScan.Cli;

/// <summary>
/// The files that a call writes. They are written beside their places and moved there together when all of them are whole, so that
/// neither a full disk nor a killed process leaves a part of a report, or one report without the others. Pipes and devices
/// are written into.
/// </summary>
internal static class FileOutput
{
    /// <summary>Removes files that are there; pipes and devices stay.</summary>
    /// <exception cref="CommandException">A file cannot be removed.</exception>
    public static void Discard(IEnumerable<string> files)
    {
        foreach (string file in files.Where(file => File.Exists(file) && !SpecialFile.IsAt(file)))
        {
            Try(file, "cannot be removed, and holds the report of an earlier call", () => File.Delete(Target(file)));
        }
    }

    /// <summary>Writes all of <paramref name="outputs"/>, or none where there is a file.</summary>
    /// <exception cref="CommandException">One of them cannot be written.</exception>
    public static void Write(params IReadOnlyCollection<(string File, Action<Stream> Write)> outputs)
    {
        List<(string File, string Temporary)> written = [];
        try
        {
            foreach ((string file, Action<Stream> write) in outputs)
            {
                Try(file, "cannot be written", () => WriteOne(file, write, written));
            }

            foreach ((string file, string temporary) in written)
            {
                Try(file, "cannot be written", () => File.Move(temporary, Target(file), overwrite: true));
            }
        }
        finally
        {
            foreach ((_, string temporary) in written)
            {
                File.Delete(temporary);
            }
        }
    }

    private static void WriteOne(string file, Action<Stream> write, List<(string File, string Temporary)> written)
    {
        if (SpecialFile.IsAt(file))
        {
            using Stream device = file == "/dev/stdout" ? StandardOutput.Open() : new FileStream(file, FileMode.Open, FileAccess.Write);
            write(device);
            return;
        }

        // A killed process of the same number may have left this: in a container numbers come again.
        string temporary = $"{Target(file)}.{Environment.ProcessId}.tmp";
        File.Delete(temporary);
        using FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write);
        written.Add((file, temporary));
        write(stream);
    }

    /// <summary>Where a link leads to: the link stays.</summary>
    private static string Target(string file) =>
        new FileInfo(file).LinkTarget is null ? file : File.ResolveLinkTarget(file, returnFinalTarget: true)!.FullName;

    private static void Try(string file, string problem, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Incomplete, $"{file}: {problem}: {exception.Message}");
        }
    }
}
