using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Flatnet.Cli.Configuration;
using Flatnet.Cli.Hosting;
using Flatnet.Logs;
using Flatnet.Podman;

namespace Flatnet.Cli.Logs;

/// <summary>Finds what the words of the command line mean: <c>container:X</c>, <c>component:X</c>, <c>task:ID</c>, <c>label:K=V</c>, <c>/regex/</c>,
/// <c>web*</c>; else a component, a container's name or ID, or the beginning of an ID, in this order.</summary>
internal sealed class TargetResolver(Settings settings, LazyEngine engine)
{
    /// <summary>The targets in the order of the words, each once.</summary>
    /// <exception cref="CommandException">A word means nothing.</exception>
    /// <exception cref="EngineException">Podman cannot be asked.</exception>
    public async Task<ImmutableArray<LogTarget>> ResolveAsync(IEnumerable<string> words, CancellationToken cancellation)
    {
        var targets = new List<LogTarget>();
        var seen = new HashSet<string>();
        foreach (string word in words)
        {
            foreach (LogTarget target in await ResolveAsync(word, cancellation).ConfigureAwait(false))
            {
                if (seen.Add(target.Container?.Container.Id ?? "component:" + target.Name))
                {
                    targets.Add(target);
                }
            }
        }

        return [.. targets];
    }

    private async Task<ImmutableArray<LogTarget>> ResolveAsync(string word, CancellationToken cancellation)
    {
        if (word.Length > 2 && word[0] == '/' && word[^1] == '/')
        {
            return await MatchingAsync(word, Expression(word[1..^1]), cancellation).ConfigureAwait(false);
        }

        (string kind, string name) = word.IndexOf(':') is var colon and > 0 ? (word[..colon], word[(colon + 1)..]) : ("", word);
        return kind switch
        {
            "container" => [await ContainerAsync(name, cancellation).ConfigureAwait(false) ?? throw await NotFoundAsync(name, cancellation).ConfigureAwait(false)],
            "component" => [Component(name) ?? throw await NotFoundAsync(name, cancellation).ConfigureAwait(false)],
            "label" => await LabelledAsync(name, cancellation).ConfigureAwait(false),
            "task" => [OfTask(name)],
            _ when word.AsSpan().IndexOfAny('*', '?') >= 0 => await MatchingAsync(word, Glob(word), cancellation).ConfigureAwait(false),
            _ => [Component(word) ?? await ContainerAsync(word, cancellation).ConfigureAwait(false) ?? throw await NotFoundAsync(word, cancellation).ConfigureAwait(false)],
        };
    }

    private LogTarget? Component(string name) =>
        settings.Components.TryGetKey(name, out string? known) ? new LogTarget(known, settings.Components[known], null) : null;

    private async Task<LogTarget?> ContainerAsync(string name, CancellationToken cancellation)
    {
        IContainerEngine podman = await engine.GetAsync(cancellation).ConfigureAwait(false);
        return await podman.InspectAsync(name, cancellation).ConfigureAwait(false) is { } details ? Of(details) : null;
    }

    private Task<ImmutableArray<LogTarget>> MatchingAsync(string word, Regex names, CancellationToken cancellation) =>
        ListedAsync(word, new ListOptions { All = true, Addresses = false }, container => container.Names.Any(names.IsMatch), cancellation);

    private Task<ImmutableArray<LogTarget>> LabelledAsync(string label, CancellationToken cancellation) => ListedAsync(
        "label:" + label,
        new ListOptions { All = true, Addresses = false, Filters = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("label", [label]) },
        _ => true,
        cancellation);

    private async Task<ImmutableArray<LogTarget>> ListedAsync(
        string word, ListOptions options, Func<Container, bool> isWanted, CancellationToken cancellation)
    {
        IContainerEngine podman = await engine.GetAsync(cancellation).ConfigureAwait(false);
        var targets = new List<LogTarget>();
        foreach (Container container in await podman.ListAsync(options, cancellation).ConfigureAwait(false))
        {
            // One that was removed in between is not there.
            if (isWanted(container) && await podman.InspectAsync(container.Id, cancellation).ConfigureAwait(false) is { } details)
            {
                targets.Add(Of(details));
            }
        }

        return targets.Count > 0
            ? [.. targets.OrderBy(target => target.Name, StringComparer.Ordinal)]
            : throw new CommandException($"No container matches '{word}'.", "Use 'flatnet ps --all' to list containers.");
    }

    private LogTarget OfTask(string id) =>
        settings.ServerUrl is null
            ? throw new CommandException($"reading the log of task '{id}' needs the log server", "Set server.url in the configuration, or FLATNET_SERVER_URL.")
            : TaskId.IsValid(id)
                ? new LogTarget("task:" + id, null, null, id)
                : throw CommandException.Usage($"'{id}' cannot be a task's ID: it has 1 to {TaskId.MaxLength} letters, digits and . _ - :");

    private async Task<CommandException> NotFoundAsync(string name, CancellationToken cancellation)
    {
        ImmutableArray<Container> containers = [];
        try
        {
            IContainerEngine podman = await engine.GetAsync(cancellation).ConfigureAwait(false);
            containers = await podman.ListAsync(new ListOptions { All = true, Addresses = false }, cancellation).ConfigureAwait(false);
        }
        catch (EngineException)
        {
            // Near matches are a help, not what was asked for.
        }

        return NotFound.Of(name, settings.Components.Keys, containers.SelectMany(container => container.Names));
    }

    private static Regex Expression(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw CommandException.Usage($"'/{pattern}/' is not a regular expression that can be used: {exception.Message}");
        }
    }

    private static Regex Glob(string pattern) => Expression(
        @"\A" + Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal) + @"\z");

    private static LogTarget Of(ContainerDetails details) =>
        new(details.Container.Names is [var name, ..] ? name : details.Container.Id[..Math.Min(12, details.Container.Id.Length)], null, details);
}
