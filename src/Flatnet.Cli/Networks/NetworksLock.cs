using System.Diagnostics;
using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Networks;

/// <summary>Held while a network is planned and written, so that two of them at once do not choose the same subnet and bridge.</summary>
internal static class NetworksLock
{
    public const string Location = Directory + "/networks.lock";

    // The plugin keeps its locks there, too.
    private const string Directory = "/run/flatnet";
    private const int AlreadyLocked = 11; // EAGAIN

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits for the lock. Null where <c>/run</c> cannot be written: whoever may not do that can hardly write a network.</summary>
    /// <exception cref="CommandException">Somebody else keeps it.</exception>
    public static async Task<IDisposable?> TakeAsync(CommandContext context, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return Open(context.Root);
            }
            catch (IOException error) when (error.HResult == AlreadyLocked)
            {
                if (Stopwatch.GetElapsedTime(start) > LongestWait)
                {
                    throw new CommandException($"{Location} is held by another process", $"\"fuser -v {Location}\" shows which. Try again when it has ended.");
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return null;
            }

            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }
    }

    // Nobody may share the file, which the library does with flock(2).
    private static FileStream Open(string root)
    {
        if (!OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(root + Directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new FileStream(root + Location, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }
}
