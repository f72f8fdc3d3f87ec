using System.Runtime.CompilerServices;
using Flatnet.Podman.CommandLine;

namespace Flatnet.Podman.Logs;

/// <summary>Reads over the API, or with the command when the API tells times in whole seconds only and the command knows the container.</summary>
internal sealed class PreciseLog(ApiSource api, string program, ContainerDetails details, IContainerLife life) : IContainerLog
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What is read from; <c>api</c> until the first reading has looked.</summary>
    public string Source { get; private set; } = "api";

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogRecord> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ILogSource source = await IsCommandBetterAsync(cancellation).ConfigureAwait(false) ? new CommandSource(program, details.Container.Id) : api;
        Source = source.Name;
        StreamedLog log = new(source, life, details.HasTerminal);
        await foreach (LogRecord line in log.ReadAsync(query, cancellation).ConfigureAwait(false))
        {
            yield return line;
        }
    }

    private async Task<bool> IsCommandBetterAsync(CancellationToken cancellation)
    {
        try
        {
            return !await api.IsPreciseAsync(cancellation).ConfigureAwait(false)
                && (await ChildProcess.RunAsync(program, ["container", "exists", details.Container.Id], Patience, cancellation)
                    .ConfigureAwait(false)).ExitCode == 0;
        }
        catch (Exception problem) when (problem is EngineException or IOException)
        {
            // Reading over the API will say what is wrong.
            return false;
        }
    }
}
