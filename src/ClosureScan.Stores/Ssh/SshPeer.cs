using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using ClosureScan.Stores.Wire;

namespace ClosureScan.Stores.Ssh;

/// <summary>
/// A program on another machine, started through the user's own <c>ssh</c>: their agent, their configuration, their known hosts. A library
/// would have to learn all of these. Ends the process when it is disposed.
/// </summary>
internal sealed class SshPeer : IPeer
{
    private const int MostSaid = 16 * 1024;
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly string? _knownHosts;
    private readonly StringBuilder _said = new();
    private readonly Task _listening;

    private SshPeer(Process process, string? knownHosts)
    {
        _process = process;
        _knownHosts = knownHosts;
        _listening = ListenAsync();
    }

    public Stream Input => _process.StandardOutput.BaseStream;

    public Stream Output => _process.StandardInput.BaseStream;

    public string? LastWords
    {
        get
        {
            // The process has hung up, so what it had to say is on its way.
            _listening.Wait(LastMoment);
            lock (_said)
            {
                string[] lines = _said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                return lines.Length == 0 ? null : lines[^1];
            }
        }
    }

    /// <summary>Starts a program there.</summary>
    /// <param name="target">Where.</param>
    /// <param name="arguments">The program's arguments.</param>
    /// <exception cref="StoreException">There is no ssh here.</exception>
    public static SshPeer Start(SshTarget target, params IEnumerable<string> arguments)
    {
        string? knownHosts = target.HostKey is null ? null : WriteKnownHosts(target);
        ProcessStartInfo start = new("ssh", Arguments(target, arguments, knownHosts))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return new SshPeer(Process.Start(start)!, knownHosts);
        }
        catch (Win32Exception exception)
        {
            throw new StoreException($"There is no ssh to reach {target.Host} with: {exception.Message} Install OpenSSH's client.", exception);
        }
    }

    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(TimeSpan.FromMilliseconds(200)))
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or Win32Exception)
        {
        }

        _process.Dispose();
        if (_knownHosts is not null)
        {
            File.Delete(_knownHosts);
        }
    }

    /// <summary>What ssh is told. No terminal, no X, no agent over there; the program is one word for the other side's shell.</summary>
    internal static IEnumerable<string> Arguments(SshTarget target, IEnumerable<string> arguments, string? knownHosts)
    {
        yield return "-x";
        yield return "-a";
        yield return "-T";
        foreach (string option in ShellWords.Split(Environment.GetEnvironmentVariable("NIX_SSHOPTS") ?? ""))
        {
            yield return option;
        }

        if (target.Key is { } key)
        {
            yield return "-i";
            yield return key;
        }

        if (knownHosts is not null)
        {
            yield return "-oUserKnownHostsFile=" + knownHosts;
        }

        if (target.Compresses)
        {
            yield return "-C";
        }

        if (target.Port is { } port)
        {
            yield return "-p";
            yield return port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        yield return target.Host;
        yield return "--";
        IEnumerable<string> store = target.Store is { } remote ? ["--store", remote] : [];
        yield return string.Join(' ', ((string[])[target.Program, .. arguments, .. store]).Select(ShellWords.Quote));
    }

    private static string WriteKnownHosts(SshTarget target)
    {
        string file = Path.GetTempFileName();
        byte[] key = new byte[target.HostKey!.Length];
        if (!Convert.TryFromBase64String(target.HostKey, key, out int length))
        {
            throw new StoreUriException("The parameter base64-ssh-public-host-key is no base 64.");
        }

        string host = target.Host[(target.Host.LastIndexOf('@') + 1)..];
        File.WriteAllText(file, $"{(target.Port is { } port ? $"[{host}]:{port}" : host)} {Encoding.UTF8.GetString(key, 0, length).Trim()}\n");
        return file;
    }

    private async Task ListenAsync()
    {
        char[] buffer = new char[1024];
        try
        {
            while (await _process.StandardError.ReadAsync(buffer).ConfigureAwait(false) is > 0 and int count)
            {
                lock (_said)
                {
                    _said.Append(buffer, 0, count);
                    if (_said.Length > MostSaid)
                    {
                        _said.Remove(0, _said.Length - MostSaid);
                    }
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }
}
