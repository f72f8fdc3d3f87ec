using Flatnet.Cli.Configuration;
using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Hosting;

/// <summary>What a command works with. Everything outside the command comes from here, so that tests can give it.</summary>
internal sealed record CommandContext
{
    /// <summary>Standard output. Buffered: flush after each block of a stream; it is flushed at the end by itself. Throws
    /// <see cref="OutputClosedException"/> when nobody reads any more; let it pass.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error, written at once. For notes; errors are thrown.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>What standard output is connected to.</summary>
    public required TerminalInfo Terminal { get; init; }

    /// <summary>The configuration file, environment and global options, merged.</summary>
    public required Settings Settings { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The clock and the local time zone.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The directory in front of absolute paths of the system (<c>/proc</c>, <c>/sys</c>, <c>/etc</c>, <c>/var</c>); empty but in tests.</summary>
    public string Root { get; init; } = "";

    /// <summary>Shows on a terminal what takes longer than a second, until it is disposed or output begins.</summary>
    public ProgressNote ShowProgress(string what)
    {
        var note = ProgressNote.Start(Error, Terminal, Time, what);
        if (Out is StreamWriter { BaseStream: StandardOutput output })
        {
            output.Writing = note.Dispose;
        }

        return note;
    }
}
