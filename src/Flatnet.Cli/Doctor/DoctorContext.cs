using System.Collections.Immutable;
using System.Net;
using Flatnet.Cli.Doctor.Probes;
using Flatnet.Cli.Gateway;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Networks;
using Flatnet.Cli.Status;
using Flatnet.Ipam;
using Flatnet.Podman;

namespace Flatnet.Cli.Doctor;

/// <summary>What the checks look at. What several of them need is asked for once.</summary>
internal sealed class DoctorContext : IAsyncDisposable
{
    private readonly Lazy<Task<IContainerEngine>> _engine;
    private readonly Lazy<Task<PodmanInfo>> _info;
    private readonly Lazy<Task<ImmutableArray<Container>>> _running;
    private readonly Lazy<Uri> _gateway;
    private readonly Lazy<InstalledNetworks> _networks;
    private readonly Lazy<NetworkSnapshot> _kernel;
    private readonly Lazy<Ruleset> _rules;

    /// <param name="command">The command's surroundings.</param>
    /// <param name="cancellation">The end of the whole examination: shared questions outlive the check that asked first.</param>
    public DoctorContext(CommandContext command, CancellationToken cancellation)
    {
        Command = command;
        Connect = token => PodmanEngine.ConnectAsync(
            new EngineOptions { Url = command.Settings.PodmanUrl, Environment = command.Environment }, token);
        Host = new Lazy<IHostState>(() => new KernelHostState(command));
        _engine = new(() => Connect(cancellation));
        _info = new(async () => await (await QuestionsAsync()).GetInfoAsync(cancellation));
        _running = new(async () => await (await _engine.Value).ListAsync(new ListOptions(), cancellation));
        _gateway = new(() => GatewayAddress.Find(command));
        _networks = new(() => ConflistReader.Read(command));
        _kernel = new(() => TakeSnapshot());
        _rules = new(() => ReadRules());
    }

    public CommandContext Command { get; }

    public required HttpProbe Http { get; init; }

    public required ILogStore Logs { get; init; }

    public IProcessRunner Processes { get; init; } = new ProcessRunner();

    public Func<NetworkSnapshot> TakeSnapshot { get; init; } = NetworkSnapshot.Take;

    public Func<Ruleset> ReadRules { get; init; } = RulesetReader.Read;

    public Func<string, DiskUse?> MeasureDisk { get; init; } = DiskUse.Of;

    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    public Func<CancellationToken, Task<IContainerEngine>> Connect { get; init; }

    public Lazy<IHostState> Host { get; init; }

    public bool IsWsl => Wsl.IsHere(Command);

    /// <summary>The CNI configuration directory.</summary>
    public InstalledNetworks Networks => _networks.Value;

    /// <summary>The network whose addresses are Flatnet's; null when it is not installed.</summary>
    public InstalledNetwork? Network => Networks.Find(Command.Settings.Network);

    /// <summary>The bridge of that network.</summary>
    public string Bridge => Network?.Bridge ?? ShippedNetwork.Bridge;

    /// <summary>The subnets of that network, IPv4 and IPv6.</summary>
    public ImmutableArray<IpPrefix> Subnets => Network is { Subnets: { IsEmpty: false } subnets } ? subnets : [ShippedNetwork.Subnet];

    public NetworkSnapshot Kernel => _kernel.Value;

    public Ruleset Rules => _rules.Value;

    public Uri Gateway => _gateway.Value;

    /// <exception cref="EngineException">Podman cannot be asked.</exception>
    public Task<IContainerEngine> EngineAsync(CancellationToken cancellation) => _engine.Value.WaitAsync(cancellation);

    /// <exception cref="EngineException">Podman cannot be asked.</exception>
    public Task<PodmanInfo> InfoAsync(CancellationToken cancellation) => _info.Value.WaitAsync(cancellation);

    /// <summary>All running containers.</summary>
    /// <exception cref="EngineException">Podman cannot be asked.</exception>
    public Task<ImmutableArray<Container>> RunningAsync(CancellationToken cancellation) => _running.Value.WaitAsync(cancellation);

    /// <exception cref="EngineException">Podman cannot be asked.</exception>
    public async Task<PodmanQuestions> QuestionsAsync() => new((await _engine.Value).SocketPath, Processes);

    /// <summary>The running containers of the network; null when Podman cannot be asked.</summary>
    public async Task<ImmutableArray<string>?> RunningNamesAsync(CancellationToken cancellation)
    {
        try
        {
            ImmutableArray<Container> running = await RunningAsync(cancellation);
            return
            [
                .. running
                    .Where(container => container.State == "running" && container.Networks.Any(network => network.Name == Command.Settings.Network))
                    .Select(container => container.Names.IsEmpty ? container.Id[..12] : container.Names[0]),
            ];
        }
        catch (EngineException)
        {
            return null;
        }
    }

    /// <summary>Whether a container is attached to the network now; without Podman the leases tell.</summary>
    public async Task<bool> IsInUseAsync(CancellationToken cancellation)
    {
        if (await RunningNamesAsync(cancellation) is { } names)
        {
            return !names.IsEmpty;
        }

        try
        {
            NetworkLeases leases = OpenLeases();
            return leases.Leases().Any(lease => !leases.IsStale(lease));
        }
        catch (IpamException)
        {
            return false;
        }
    }

    /// <summary>The leases of the network, in the file that the settings or its configuration name.</summary>
    public NetworkLeases OpenLeases()
    {
        IpamConfiguration configuration = Network?.Ipam ?? ShippedNetwork.Ipam(Command.Settings.Network);
        return Command.Settings.IpamPath is { } path
            ? NetworkLeases.AtFile(configuration, Command.Root + path, Host.Value)
            : NetworkLeases.OnDisk(configuration with { DataDirectory = Command.Root + configuration.DataDirectory }, Host.Value);
    }

    /// <summary>The text of a file of the system; null when it is not there or may not be read.</summary>
    public string? ReadText(string path)
    {
        try
        {
            return File.ReadAllText(Command.Root + path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _engine.Value).DisposeAsync();
        }
    }
}
