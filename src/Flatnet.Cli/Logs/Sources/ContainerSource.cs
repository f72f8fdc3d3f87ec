using System.Runtime.CompilerServices;
using Flatnet.Podman;

namespace Flatnet.Cli.Logs;

/// <summary>What a container wrote, as Podman keeps it.</summary>
/// <param name="engine">Podman.</param>
/// <param name="openLog">Opens a container's log.</param>
/// <param name="details">The container.</param>
/// <param name="target">The name to show.</param>
/// <param name="note">Told what a person should know.</param>
internal sealed class ContainerSource(
    IContainerEngine engine, Func<ContainerDetails, IContainerLog> openLog, ContainerDetails details, string target, Action<string> note) : ILogSource
{
    public LogOrigin Origin { get; } = new(target, "podman");

    public string Description => "Podman logs";

    public bool CanApply(LineFilter filter) => true;

    public IEnumerable<long?> Windows(long until) => [null];

    public async IAsyncEnumerable<LogLine> ReadAsync(LineQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string name = details.Container.Names is [var first, ..] ? first : details.Container.Id;
        ContainerDetails current = details;
        long? since = query.Since;
        int? tail = query.Tail;
        while (true)
        {
            await foreach (LogRecord record in openLog(current).ReadAsync(ToEngine(query, since, tail), cancellation).ConfigureAwait(false))
            {
                since = record.Timestamp + 1;
                yield return new LogLine(Origin, record.Timestamp, record.Channel, record.Text);
            }

            if (!query.Follow || await HasEndedAsync(current, name, cancellation).ConfigureAwait(false) is not { } startedAt
                || !query.Restarts)
            {
                yield break;
            }

            ContainerDetails next = await NextStart.WaitAsync(engine, name, current.Container.Id, startedAt, cancellation).ConfigureAwait(false);
            note($"container {name} started");
            // The lines of a new container of the name are all new; an old one goes on in its log.
            since = next.Container.Id == current.Container.Id ? since : null;
            tail = null;
            current = next;
        }
    }

    private LogQuery ToEngine(LineQuery query, long? since, int? tail) => new()
    {
        Since = since,
        Until = query.Until,
        Tail = tail,
        Follow = query.Follow,
        Filter = query.Filter is { IsEmpty: false } filter ? filter : null,
        Notice = note,
    };

    // Null when the log ended although the container did not: the end of the time asked for has come.
    private async Task<DateTimeOffset?> HasEndedAsync(ContainerDetails current, string name, CancellationToken cancellation)
    {
        ContainerDetails? now = await engine.InspectAsync(current.Container.Id, cancellation).ConfigureAwait(false);
        if (now is null)
        {
            note($"container {name} was removed");
            return DateTimeOffset.MinValue;
        }

        if (now.Container.State is "running" or "paused" && now.Container.StartedAt == current.Container.StartedAt)
        {
            return null;
        }

        note(now.Container.ExitCode is { } code ? $"container {name} exited (code {code})" : $"container {name} stopped");
        return current.Container.StartedAt ?? DateTimeOffset.MinValue;
    }
}
