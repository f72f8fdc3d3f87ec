using System.Collections.Immutable;
using Flatnet.Cli.Configuration;
using Flatnet.Cli.Hosting;
using Flatnet.Loki;
using Flatnet.Podman;

namespace Flatnet.Cli.Logs;

/// <summary>Lists the places where a target's lines may be, in the order in which to try them.</summary>
internal sealed class SourceChooser(CommandContext context, LogServices services, LazyEngine engine, LogsOptions options, Action<string> note)
{
    private ILokiLogs? _loki;

    /// <exception cref="CommandException">The provider asked for does not have it.</exception>
    public async Task<FallbackSource> ChooseAsync(LogTarget target, CancellationToken cancellation)
    {
        var places = new List<ILogSource>();
        if (target.Component is { } component)
        {
            AddComponent(places, target.Name, component);
        }
        else if (target.TaskId is { } task)
        {
            places.Add(new TaskSource(services.Tasks(note), task));
        }
        else if (options.Provider == Provider.Loki)
        {
            places.Add(Loki(target.Name, LogQl.Selector([KeyValuePair.Create("container", target.Name)])));
        }
        else
        {
            IContainerEngine podman = await engine.GetAsync(cancellation).ConfigureAwait(false);
            places.Add(Container(podman, target.Container!, target.Name));
        }

        return places.Count > 0
            ? new FallbackSource(target.Name, [.. places.Select(place => new SelectedSource(place, options.Selection, context.Time))], note)
            : throw new CommandException($"'{target.Name}' has no logs with the provider '{options.Provider.ToString().ToLowerInvariant()}'");
    }

    private void AddComponent(List<ILogSource> places, string name, LogComponent component)
    {
        if (Wants(Provider.Loki) && component.Selector.Length > 0)
        {
            places.Add(Loki(name, component.Selector));
        }

        if (Wants(Provider.Podman) && component.Container.Length > 0)
        {
            places.Add(new ComponentContainerSource(component.Container, name, engine, (podman, details) => Container(podman, details, name)));
        }

        if (Wants(Provider.File) && !component.Files.IsEmpty)
        {
            ImmutableArray<FileSource> files = [.. component.Files.Select(file => new FileSource(context.Root + file, name))];
            places.Add(new FilesSource(files, context.Time));
        }
    }

    private bool Wants(Provider provider) => options.Provider == Provider.Auto || options.Provider == provider;

    private LokiSource Loki(string name, string selector) =>
        new(_loki ??= services.Loki(), name, selector, context.Settings.MaxLookback, context.Time, note);

    private ContainerSource Container(IContainerEngine podman, ContainerDetails details, string name) =>
        new(podman, container => services.OpenLog(podman, container, options.Provider == Provider.File ? "file" : null), details, name, note);
}
