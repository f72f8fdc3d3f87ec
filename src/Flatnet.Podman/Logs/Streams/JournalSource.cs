using System.Globalization;
using System.Runtime.CompilerServices;
using Flatnet.Podman.CommandLine;

namespace Flatnet.Podman.Logs;

/// <summary>Logs of the driver journald, read with <c>journalctl</c>.</summary>
internal sealed class JournalSource(string program, string id) : ILogSource
{
    /// <inheritdoc/>
    public string Name => "journald";

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogPiece> ReadAsync(LogRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using ChildProcess child = ChildProcess.Start(program, ArgumentsOf(request));
        Task<string> errors = child.ReadErrorsAsync();
        await foreach (ReadOnlyMemory<byte> line in ByteLines.ReadAsync(child.Output, cancellation).ConfigureAwait(false))
        {
            if (JournalEntry.TryParse(line.Span, out LogPiece piece))
            {
                yield return piece;
            }
        }

        CommandOutput end = new(await child.WaitAsync(cancellation).ConfigureAwait(false), default, await errors.ConfigureAwait(false));
        if (end.ExitCode != 0)
        {
            throw new EngineException(
                EngineFailure.Refused,
                $"{program} failed: {end.Reason}",
                "Run this as root, or as a member of the group systemd-journal.");
        }
    }

    // journalctl leaves out long messages unless told otherwise, and all but ten when it follows.
    private List<string> ArgumentsOf(LogRequest request)
    {
        List<string> arguments = ["--output=json", "--no-pager", "--quiet", "--all"];
        if (request.Follow)
        {
            arguments.AddRange(["--follow", "--no-tail"]);
        }

        if (request.Since is { } since)
        {
            arguments.Add($"--since=@{Math.Max(since / Rfc3339.Second, 0).ToString(CultureInfo.InvariantCulture)}");
        }

        if (request.Until is { } until && !request.Follow)
        {
            arguments.Add($"--until=@{Math.Max((until / Rfc3339.Second) + 1, 0).ToString(CultureInfo.InvariantCulture)}");
        }

        if (request.Tail is { } count)
        {
            arguments.Add($"--lines={count.ToString(CultureInfo.InvariantCulture)}");
        }

        arguments.Add($"CONTAINER_ID_FULL={id}");
        return arguments;
    }
}
