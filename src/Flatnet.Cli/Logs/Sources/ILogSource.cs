namespace Flatnet.Cli.Logs;

/// <summary>One place where one target's lines can be read.</summary>
internal interface ILogSource
{
    /// <summary>Whose lines and where: what the lines carry.</summary>
    public LogOrigin Origin { get; }

    /// <summary>What a note calls it: <c>Loki</c>, <c>Podman logs</c>, <c>the log file</c>.</summary>
    public string Description { get; }

    /// <summary>Whether it can apply the filter itself, so that it counts only lines that match.</summary>
    public bool CanApply(LineFilter filter);

    /// <summary>How far back the last lines are searched, nearest first; null searches everything at once.</summary>
    public IEnumerable<long?> Windows(long until);

    /// <summary>The lines, oldest first; history and live lines join without gap or duplicate.</summary>
    /// <exception cref="SourceUnavailableException">Before the first line: there is nothing to be had here, another place may do.</exception>
    public IAsyncEnumerable<LogLine> ReadAsync(LineQuery query, CancellationToken cancellation);
}
