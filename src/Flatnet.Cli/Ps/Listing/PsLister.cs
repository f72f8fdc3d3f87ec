using System.Collections.Immutable;
using Flatnet.Cli.Addresses;
using Flatnet.Podman;

namespace Flatnet.Cli.Ps.Listing;

/// <summary>Lists containers as asked, with no more requests than that takes.</summary>
/// <param name="connect">Finds the engine; asked until it has succeeded once.</param>
/// <param name="sources">Sources of addresses; null to do without addresses.</param>
/// <param name="network">The network whose addresses are Flatnet's.</param>
/// <param name="options">What to list.</param>
/// <param name="needs">What to find out about it.</param>
/// <param name="time">The clock.</param>
internal sealed class PsLister(
    Func<CancellationToken, Task<IContainerEngine>> connect,
    AddressSources? sources,
    string network,
    PsOptions options,
    PsNeeds needs,
    TimeProvider time) : IAsyncDisposable
{
    /// <summary>The engine; null until the first listing.</summary>
    public IContainerEngine? Engine { get; private set; }

    /// <summary>Lists once; the engine and the other sources are asked at the same time.</summary>
    /// <exception cref="EngineException">The engine cannot be asked.</exception>
    public async Task<PsListing> ListAsync(CancellationToken cancellation)
    {
        Task<IContainerEngine> connecting = ConnectAsync(cancellation);
        if (sources is null)
        {
            ImmutableArray<Container> plain = await ListAsync(await connecting, withAddresses: false, cancellation);
            return Show(plain, AddressBook.Empty, SourceState.Absent, SourceState.Absent);
        }

        Task<SourceReading> registry = sources.AskRegistryAsync(cancellation);
        AddressFiles files = sources.ReadFiles();
        IContainerEngine engine = await connecting;

        // Podman works addresses out container by container, which takes longer than the whole list. The leases have them already.
        // Sizes take longer still: with them, asking once is quicker.
        bool withAddresses = needs.HasFlag(PsNeeds.Conflicts) || needs.HasFlag(PsNeeds.Size);
        ImmutableArray<Container> containers = await ListAsync(engine, withAddresses, cancellation);
        if (!withAddresses && !ExplainsAll(files.Ipam.Claims, containers))
        {
            containers = await ListAsync(engine, withAddresses: true, cancellation);
        }

        var facts = new AddressFacts(files, await registry);
        bool isComplete = options.Filter.Engine.IsEmpty;
        AddressBook book = AddressMerge.Merge(containers, facts, network, isComplete, options.Remote);
        return Show(containers, book, files.Ipam.State, facts.Registry.State);
    }

    public ValueTask DisposeAsync() => Engine?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<IContainerEngine> ConnectAsync(CancellationToken cancellation) => Engine ??= await connect(cancellation);

    private Task<ImmutableArray<Container>> ListAsync(IContainerEngine engine, bool withAddresses, CancellationToken cancellation)
    {
        // Whose allocation is stale can only be told with all containers at hand.
        var request = new ListOptions
        {
            All = options.ShowsAll || sources is not null,
            Filters = options.Filter.Engine,
            Addresses = withAddresses,
            Size = needs.HasFlag(PsNeeds.Size),
            Namespaces = needs.HasFlag(PsNeeds.Namespaces),
            Pods = needs.HasFlag(PsNeeds.Pods),
        };
        return engine.ListAsync(request, cancellation);
    }

    private static bool ExplainsAll(ImmutableArray<AddressClaim> leases, ImmutableArray<Container> containers)
    {
        var known = leases.Select(lease => lease.ContainerId).ToHashSet(StringComparer.Ordinal);
        return containers.All(container => container.State is not ("running" or "paused") || container.Networks.IsEmpty || known.Contains(container.Id));
    }

    private PsListing Show(ImmutableArray<Container> containers, AddressBook book, SourceState ipam, SourceState registry)
    {
        DateTimeOffset now = time.GetUtcNow();
        IEnumerable<PsRow> rows = containers
            .Where(container => options.ShowsAll || container.State == "running")
            .Select(container => new PsRow(container, book.ByContainer.GetValueOrDefault(container.Id, ContainerAddress.None), now))
            .Where(options.Filter.Matches);
        if (options.Last is { } count)
        {
            rows = rows.OrderByDescending(row => row.Container.CreatedAt).Take(count);
        }

        // Nobody but their own host can tell whether the engine's filters match them.
        if (options.Remote && options.Filter.Engine.IsEmpty)
        {
            rows = rows.Concat(book.Remote.Select(entry => PsRow.Remote(entry, now)).Where(options.Filter.Matches));
        }

        return new PsListing(PsOrder.Sort(rows, options.Sort), book.Warnings, ipam, registry);
    }
}
