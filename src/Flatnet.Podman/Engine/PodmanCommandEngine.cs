using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Flatnet.Podman.CommandLine;
using Flatnet.Podman.Json;

namespace Flatnet.Podman;

/// <summary>Podman over its command line, where there is no socket.</summary>
public sealed class PodmanCommandEngine : IContainerEngine
{
    // Far below the longest command line, and quick enough for the time limit.
    private const int InspectedAtOnce = 200;
    private const string NoSuchContainer = "no such container";

    private readonly TimeSpan _timeout;
    private readonly EngineException? _denied;

    /// <summary>An engine that runs this program.</summary>
    /// <param name="program">Its full path.</param>
    /// <param name="timeout">How long one call may take.</param>
    /// <param name="denied">The socket that this user may not open: the better explanation if the program fails too.</param>
    internal PodmanCommandEngine(string program, TimeSpan timeout, EngineException? denied)
    {
        Program = program;
        _timeout = timeout;
        _denied = denied;
    }

    /// <summary>The program's full path.</summary>
    public string Program { get; }

    /// <inheritdoc/>
    public string Description => "the podman command";

    /// <inheritdoc/>
    public string? SocketPath => null;

    /// <inheritdoc/>
    public async Task<EngineVersion> GetVersionAsync(CancellationToken cancellation)
    {
        CommandOutput output = await SucceedAsync(["--version"], cancellation).ConfigureAwait(false);
        return new EngineVersion(Encoding.UTF8.GetString(output.Output.Span).TrimEnd().Split(' ')[^1], "");
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<Container>> ListAsync(ListOptions options, CancellationToken cancellation)
    {
        CommandOutput output = await SucceedAsync(ListQuery.OverCommand(options), cancellation).ConfigureAwait(false);
        using JsonDocument list = Parse(output);
        ImmutableArray<Container> containers = ListReader.Read(list.RootElement);
        return options.Addresses ? await WithAddressesAsync(containers, cancellation).ConfigureAwait(false) : containers;
    }

    /// <inheritdoc/>
    public async Task<ContainerDetails?> InspectAsync(string nameOrId, CancellationToken cancellation)
    {
        if (!ContainerName.IsPossible(nameOrId))
        {
            return null;
        }

        CommandOutput output = await InspectManyAsync([nameOrId], cancellation).ConfigureAwait(false);
        using JsonDocument list = Parse(output);
        return list.RootElement.EnumerateArray().Select(InspectReader.Read).FirstOrDefault();
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<EngineEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using ChildProcess child = ChildProcess.Start(Program, ["events", "--format", "json", "--filter", "type=container"]);
        Task<string> errors = child.ReadErrorsAsync();
        await foreach (EngineEvent happened in EventLines.ReadAsync(child.Output, Description, cancellation).ConfigureAwait(false))
        {
            yield return happened;
        }

        CommandOutput end = new(await child.WaitAsync(cancellation).ConfigureAwait(false), default, await errors.ConfigureAwait(false));
        if (end.ExitCode != 0)
        {
            throw Failed("events", end);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<ImmutableArray<Container>> WithAddressesAsync(ImmutableArray<Container> containers, CancellationToken cancellation)
    {
        Dictionary<string, ImmutableArray<ContainerNetwork>> networks = [];
        IEnumerable<string> attached = containers.Where(container => container.ProcessId != 0 && !container.Networks.IsEmpty).Select(container => container.Id);
        foreach (string[] ids in attached.Chunk(InspectedAtOnce))
        {
            using JsonDocument list = Parse(await InspectManyAsync(ids, cancellation).ConfigureAwait(false));
            foreach (Container container in list.RootElement.EnumerateArray().Select(element => InspectReader.Read(element).Container))
            {
                networks[container.Id] = container.Networks;
            }
        }

        return AddressMerge.Apply(containers, networks);
    }

    // A container that is not there (any more) makes Podman fail after it has printed the others.
    private async Task<CommandOutput> InspectManyAsync(string[] ids, CancellationToken cancellation)
    {
        CommandOutput output = await RunAsync(["container", "inspect", .. ids], cancellation).ConfigureAwait(false);
        return output.ExitCode == 0 || output.Reason.Contains(NoSuchContainer, StringComparison.Ordinal)
            ? output
            : throw Failed("container inspect", output);
    }

    private async Task<CommandOutput> SucceedAsync(List<string> arguments, CancellationToken cancellation)
    {
        CommandOutput output = await RunAsync(arguments, cancellation).ConfigureAwait(false);
        return output.ExitCode == 0 ? output : throw Failed(arguments[0], output);
    }

    private Task<CommandOutput> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        return ChildProcess.RunAsync(Program, arguments, _timeout, cancellation);
    }

    private JsonDocument Parse(CommandOutput output)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(output.Output);
            return document.RootElement.ValueKind == JsonValueKind.Array ? document : throw new JsonException("it is no JSON array");
        }
        catch (JsonException problem)
        {
            throw EngineErrors.NoAnswer(Description, problem);
        }
    }

    private EngineException Failed(string command, CommandOutput output)
    {
        return EngineErrors.CommandFailed($"{Program} {command}", output.Reason, _denied);
    }
}
