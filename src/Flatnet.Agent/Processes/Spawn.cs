using System.Collections;
using Flatnet.Interop;

namespace Flatnet.Agent.Processes;

/// <summary>
/// Starts programs with posix_spawn(3): fork(2) is not for a managed process. The child leads a process group of its own and
/// has the signals of a fresh process, whatever this runtime has set up for itself.
/// </summary>
internal static unsafe class Spawn
{
    private const string Shell = "/bin/sh";
    private const int BusyRetries = 5;
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(100);

    /// <returns>The child's process ID, which is its group's, too.</returns>
    /// <exception cref="CannotRunException">It could not be started.</exception>
    public static int Start(ChildStart start, SafeFileDescriptor input, SafeFileDescriptor output, SafeFileDescriptor error)
    {
        if (!Directory.Exists(start.WorkDirectory))
        {
            throw new CannotRunException($"the work directory {start.WorkDirectory} is not there. Make it, or name another one with --work-dir.", ExitCode.AgentFailure);
        }

        SpawnFileActions actions;
        SpawnAttributes attributes;
        Require(start, Libc.posix_spawn_file_actions_init(&actions));
        Require(start, Libc.posix_spawnattr_init(&attributes));
        try
        {
            Require(start, Libc.posix_spawn_file_actions_adddup2(&actions, input.Descriptor, 0));
            Require(start, Libc.posix_spawn_file_actions_adddup2(&actions, output.Descriptor, 1));
            Require(start, Libc.posix_spawn_file_actions_adddup2(&actions, error.Descriptor, 2));
            Require(start, Libc.posix_spawn_file_actions_addchdir_np(&actions, start.WorkDirectory));
            LikeFreshProcess(start, &attributes);
            int errno = Run(start.File, [start.File, .. start.Arguments], start, &actions, &attributes, out int pid);
            if (errno == ProcessConstants.ENOEXEC)
            {
                // No interpreter is named: a script for the shell.
                errno = Run(Shell, [Shell, start.File, .. start.Arguments], start, &actions, &attributes, out pid);
            }

            Require(start, errno);
            return pid;
        }
        finally
        {
            _ = Libc.posix_spawn_file_actions_destroy(&actions);
            _ = Libc.posix_spawnattr_destroy(&attributes);
        }
    }

    private static int Run(
        string file, IReadOnlyList<string> arguments, ChildStart start, SpawnFileActions* actions, SpawnAttributes* attributes, out int pid)
    {
        using var argv = new NativeStrings(arguments);
        using var envp = new NativeStrings(Environ(start.Environment));
        int errno = 0;
        int child = 0;
        for (int attempt = 0; attempt < BusyRetries; attempt++)
        {
            errno = Libc.posix_spawn(&child, file, actions, attributes, argv.Pointer, envp.Pointer);
            if (errno != ProcessConstants.ETXTBSY)
            {
                break;
            }

            // Somebody is just writing the file, or another child was started while it was written.
            Thread.Sleep(BusyPause);
        }

        pid = child;
        return errno;
    }

    private static void LikeFreshProcess(ChildStart start, SpawnAttributes* attributes)
    {
        SignalSet signals;
        _ = Libc.sigfillset(&signals);
        Require(start, Libc.posix_spawnattr_setsigdefault(attributes, &signals));
        _ = Libc.sigemptyset(&signals);
        Require(start, Libc.posix_spawnattr_setsigmask(attributes, &signals));
        Require(start, Libc.posix_spawnattr_setpgroup(attributes, 0));
        Require(start, Libc.posix_spawnattr_setflags(
            attributes, ProcessConstants.POSIX_SPAWN_SETPGROUP | ProcessConstants.POSIX_SPAWN_SETSIGDEF | ProcessConstants.POSIX_SPAWN_SETSIGMASK));
    }

    private static List<string> Environ(IReadOnlyDictionary<string, string> more)
    {
        var texts = new List<string>();
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            if (!more.ContainsKey((string)entry.Key))
            {
                texts.Add($"{entry.Key}={entry.Value}");
            }
        }

        foreach ((string name, string value) in more)
        {
            texts.Add($"{name}={value}");
        }

        return texts;
    }

    private static void Require(ChildStart start, int errno)
    {
        if (errno != 0)
        {
            throw CannotRun(start, errno);
        }
    }

    private static CannotRunException CannotRun(ChildStart start, int errno)
    {
        string reason = $"cannot run {start.File}: {Errno.Describe(errno)} ({Errno.Name(errno)}).";
        return errno switch
        {
            Errno.ENOENT when File.Exists(start.File) => new($"{reason} The program that its first line names is not there.", ExitCode.NotFound),
            Errno.ENOENT or Errno.ENOTDIR => new($"{reason} Check the path.", ExitCode.NotFound),
            Errno.EACCES => new($"{reason} Make it an executable file: chmod +x.", ExitCode.NotExecutable),
            ProcessConstants.ENOEXEC => new($"{reason} It is no program for this machine.", ExitCode.NotExecutable),
            _ => new(reason, ExitCode.NotExecutable),
        };
    }
}
