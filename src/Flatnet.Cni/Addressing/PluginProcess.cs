using System.Collections;
using System.Runtime.InteropServices;
using System.Text;
using Flatnet.Cni.Protocol;
using Flatnet.Interop;

namespace Flatnet.Cni.Addressing;

/// <summary>
/// Runs another program to its end: a delegate, or <c>iptables</c> where the kernel has no nf_tables. Its three streams are
/// files in memory, so that nobody can block on a full pipe and a grandchild that keeps one open delays nothing.
/// <c>System.Diagnostics.Process</c> would be a fifth of the executable.
/// </summary>
internal static unsafe class PluginProcess
{
    private const int BusyRetries = 5;
    private static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(1);

    /// <summary>Runs the file with our environment and the given changes to it.</summary>
    /// <returns>The exit status (128 + n for signal n), standard output and standard error.</returns>
    /// <exception cref="CniException">Code 121: it could not be started.</exception>
    public static (int ExitCode, string Output, string Errors) Run(
        string file, ReadOnlySpan<string> arguments, ReadOnlyMemory<byte> input, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        using SafeFileDescriptor standardInput = MemoryFile(file);
        using SafeFileDescriptor standardOutput = MemoryFile(file);
        using SafeFileDescriptor standardError = MemoryFile(file);
        Fill(standardInput, input.Span, file);

        int pid = Start(file, Words(file, arguments), Environ(environment), [standardInput, standardOutput, standardError]);
        return (Wait(pid), ReadAll(standardOutput), ReadAll(standardError));
    }

    private static int Start(string file, List<string> arguments, List<string> environment, ReadOnlySpan<SafeFileDescriptor> streams)
    {
        SpawnFileActions actions;
        Require(file, Libc.posix_spawn_file_actions_init(&actions));
        for (int i = 0; i < streams.Length; i++)
        {
            Require(file, Libc.posix_spawn_file_actions_adddup2(&actions, streams[i].Descriptor, i));
        }

        byte** argv = ToNative(arguments);
        byte** envp = ToNative(environment);
        try
        {
            for (int attempt = 0; ; attempt++)
            {
                int pid;
                int errno = Libc.posix_spawn(&pid, file, &actions, null, argv, envp);
                if (errno == 0)
                {
                    return pid;
                }

                if (errno != ProcessConstants.ETXTBSY || attempt == BusyRetries)
                {
                    throw CannotRun(file, errno);
                }

                // Somebody is just writing the file: an upgrade in progress.
                Thread.Sleep(BusyPause);
            }
        }
        finally
        {
            Free(argv);
            Free(envp);
            _ = Libc.posix_spawn_file_actions_destroy(&actions);
        }
    }

    private static int Wait(int pid)
    {
        int status = 0;
        while (Libc.waitpid(pid, &status, 0) < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR)
        {
            // Interrupted by a signal that does not concern us.
        }

        int signal = status & 0x7f;
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal;
    }

    private static SafeFileDescriptor MemoryFile(string file)
    {
        int descriptor = Libc.memfd_create("flatnet", ProcessConstants.MFD_CLOEXEC);
        return descriptor >= 0 ? new SafeFileDescriptor(descriptor) : throw CannotRun(file, Marshal.GetLastPInvokeError());
    }

    // By position, so that the child starts reading at the beginning.
    private static void Fill(SafeFileDescriptor target, ReadOnlySpan<byte> bytes, string file)
    {
        int done = 0;
        while (done < bytes.Length)
        {
            fixed (byte* start = &bytes[done])
            {
                nint count = Libc.pwrite(target.Descriptor, start, (nuint)(bytes.Length - done), done);
                if (count <= 0)
                {
                    throw CannotRun(file, Marshal.GetLastPInvokeError());
                }

                done += (int)count;
            }
        }
    }

    private static string ReadAll(SafeFileDescriptor source)
    {
        byte[] buffer = new byte[4096];
        int length = 0;
        while (true)
        {
            nint count;
            fixed (byte* start = &buffer[length])
            {
                count = Libc.pread(source.Descriptor, start, (nuint)(buffer.Length - length), length);
            }

            if (count <= 0)
            {
                return Encoding.UTF8.GetString(buffer, 0, length);
            }

            length += (int)count;
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }

    private static List<string> Words(string file, ReadOnlySpan<string> arguments) => [file, .. arguments];

    private static List<string> Environ(ReadOnlySpan<(string Name, string Value)> changes)
    {
        var all = new Dictionary<string, string>();
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            all[(string)entry.Key] = (string)(entry.Value ?? "");
        }

        foreach ((string name, string value) in changes)
        {
            all[name] = value;
        }

        var texts = new List<string>(all.Count);
        foreach ((string name, string value) in all)
        {
            texts.Add($"{name}={value}");
        }

        return texts;
    }

    private static byte** ToNative(List<string> texts)
    {
        var array = (byte**)NativeMemory.AllocZeroed((nuint)texts.Count + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < texts.Count; i++)
        {
            array[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
        }

        return array;
    }

    private static void Free(byte** array)
    {
        for (int i = 0; array[i] is not null; i++)
        {
            Marshal.FreeCoTaskMem((nint)array[i]);
        }

        NativeMemory.Free(array);
    }

    private static void Require(string file, int errno)
    {
        if (errno != 0)
        {
            throw CannotRun(file, errno);
        }
    }

    private static CniException CannotRun(string file, int errno) => new(
        ErrorCode.DelegateFailed, $"cannot run {file}: {Errno.Describe(errno)} ({Errno.Name(errno)})", "check that it is an executable for this machine");
}
