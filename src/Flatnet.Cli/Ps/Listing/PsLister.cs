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
    private IContainerEngine? _engine;

    /// <summary>The engine; null until the first listing.</summary>
    public IContainerEngine? Engine => _engine;

    /// <exception cref="EngineException">The engine cannot be asked.</exception>
    public async Task<PsListing> ListAsync(CancellationToken cancellation)
    {
        Task<ImmutableArray<Container>> listing = ListContainersAsync(cancellation);
        if (sources is null)
        {
            return Show(await listing, AddressBook.Empty, SourceState.Absent, SourceState.Absent);
        }

        Task<AddressFacts> reading = sources.ReadAsync(cancellation);
        ImmutableArray<Container> containers = await listing;
        AddressFacts facts = await reading;
        bool isComplete = options.Filter.Engine.IsEmpty;
        AddressBook book = AddressMerge.Merge(containers, facts, network, isComplete, options.Remote);
        return Show(containers, book, facts.Ipam.State, facts.Registry.State);
    }

    public ValueTask DisposeAsync() => _engine?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<ImmutableArray<Container>> ListContainersAsync(CancellationToken cancellation)
    {
        _engine ??= await connect(cancellation);

        // Whose allocation is stale can only be told with all containers at hand.
        var request = new ListOptions
        {
            All = options.ShowsAll || sources is not null,
            Filters = options.Filter.Engine,
            Addresses = sources is not null,
            Size = needs.HasFlag(PsNeeds.Size),
            Namespaces = needs.HasFlag(PsNeeds.Namespaces),
            Pods = needs.HasFlag(PsNeeds.Pods),
        };
        return await _engine.ListAsync(request, cancellation);
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
