using System.Runtime.CompilerServices;
using Flatnet.Podman;

namespace Flatnet.Cli.Logs;

/// <summary>The container that a component runs in, looked for when its lines are wanted.</summary>
/// <param name="container">Its name.</param>
/// <param name="target">The component's name.</param>
/// <param name="engine">Podman.</param>
/// <param name="open">Makes a source of the container.</param>
internal sealed class ComponentContainerSource(
    string container, string target, LazyEngine engine, Func<IContainerEngine, ContainerDetails, ILogSource> open) : ILogSource
{
    public LogOrigin Origin { get; } = new(target, "podman");

    public string Description => "Podman logs";

    public bool CanApply(LineFilter filter) => true;

    public IEnumerable<long?> Windows(long until) => [null];

    public async IAsyncEnumerable<LogLine> ReadAsync(LineQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ILogSource source;
        try
        {
            IContainerEngine podman = await engine.GetAsync(cancellation).ConfigureAwait(false);
            source = await podman.InspectAsync(container, cancellation).ConfigureAwait(false) is { } details
                ? open(podman, details)
                : throw new SourceUnavailableException($"there is no container '{container}'", isEmpty: true);
        }
        catch (EngineException exception)
        {
            throw new SourceUnavailableException(exception.Message, isEmpty: false, exception);
        }

        await foreach (LogLine line in source.ReadAsync(query, cancellation).ConfigureAwait(false))
        {
            yield return line;
        }
    }
}
