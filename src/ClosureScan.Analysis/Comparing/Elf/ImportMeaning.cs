using System.Collections.Frozen;

namespace ClosureScan.Analysis.Comparing.Elf;

/// <summary>What it means that a program no longer asks for a function, in plain words.</summary>
internal static class ImportMeaning
{
    private static readonly FrozenDictionary<string, string> Functions = new Dictionary<string, string>
    {
        ["accept4"] = CloseOnExec,
        ["dup3"] = CloseOnExec,
        ["pipe2"] = CloseOnExec,
        ["epoll_create1"] = CloseOnExec,
        ["inotify_init1"] = CloseOnExec,
        ["eventfd2"] = CloseOnExec,
        ["mkostemp"] = CloseOnExec,
        ["mkostemp64"] = CloseOnExec,
        ["getrandom"] = Random,
        ["getentropy"] = Random,
        ["arc4random"] = Random,
        ["arc4random_buf"] = Random,
        ["arc4random_uniform"] = Random,
        ["explicit_bzero"] = "secrets may stay in memory",
        ["clock_gettime"] = Clock,
        ["clock_nanosleep"] = Clock,
        ["clock_getres"] = Clock,
        ["clock_gettime64"] = Clock,
        ["pthread_mutexattr_setrobust"] = Locks,
        ["pthread_mutexattr_setrobust_np"] = Locks,
        ["pthread_mutex_consistent"] = Locks,
        ["pthread_mutex_consistent_np"] = Locks,
        ["pthread_mutexattr_setpshared"] = Locks,
        ["pthread_condattr_setpshared"] = Locks,
        ["sendfile"] = Copies,
        ["sendfile64"] = Copies,
        ["copy_file_range"] = Copies,
        ["splice"] = Copies,
        ["posix_fallocate"] = Space,
        ["posix_fallocate64"] = Space,
        ["fallocate"] = Space,
        ["fallocate64"] = Space,
        ["secure_getenv"] = "trusts the environment of programs with raised rights",
        ["posix_spawn"] = "starts programs by fork",
        ["posix_spawnp"] = "starts programs by fork",
        ["getaddrinfo"] = "looks up host names without IPv6",
        ["inet_pton"] = "may lack IPv6",
        ["inet_ntop"] = "may lack IPv6",
        ["mmap"] = "reads files instead of mapping them",
        ["epoll_wait"] = "waits with poll or select",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The most common loss of a cross build: a test program could not be run, so that the answer was "no".</summary>
    public const string SmallFiles = "32-bit file offsets: files over 2 GB fail";

    private const string CloseOnExec = "close-on-exec is set in a second step: descriptors leak into a child that is forked between";
    private const string Random = "random numbers come from another source";
    private const string Clock = "times by a coarser clock";
    private const string Locks = "locks between processes are not robust";
    private const string Copies = "copies through the program's own memory";
    private const string Space = "does not reserve space on disk";

    /// <summary>What it means that a side does not ask for a function that the other asks for; empty when the name says nothing.</summary>
    /// <param name="name">The function, without its version.</param>
    /// <param name="asks">Whether the side that lacks it asks for another one.</param>
    /// <param name="defines">Whether that side defines a function itself.</param>
    public static string Of(string name, Func<string, bool> asks, Func<string, bool> defines) =>
        name.EndsWith("64", StringComparison.Ordinal) && name.Length > 2 && asks(name[..^2]) || asks($"{name}64") ? SmallFiles
        : name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("_chk", StringComparison.Ordinal) || asks($"__{name}_chk") ? "not fortified: overflows of this call go unnoticed"
        : name == "__stack_chk_fail" ? "built without stack protection"
        : defines(name) ? "a function of its own takes the place of the C library's"
        : Functions.GetValueOrDefault(name, "");
}
