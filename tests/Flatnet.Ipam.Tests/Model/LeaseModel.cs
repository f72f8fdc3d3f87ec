using System.Net;

namespace Flatnet.Ipam.Tests;

/// <summary>The rules of address management in their simplest form, without files, sweeping or bit maps. Each step is done to
/// both the model and the real thing, and their answers compared.</summary>
internal sealed class LeaseModel(StoreFixture real)
{
    private sealed record Held(string Address, string? Name, string Namespace, string Boot);

    private static readonly string[] Forbidden = ["10.87.1.0", "10.87.1.1", "10.87.1.15"];

    private readonly List<string> _pool = [.. Enumerable.Range(0, 16).Select(i => "10.87.1." + i).Except(Forbidden)];
    private readonly Dictionary<string, Held> _leases = [];
    private readonly Dictionary<string, (string Address, int Used)> _sticky = [];
    private readonly Dictionary<string, string> _static = [];
    private readonly List<string> _log = [];
    private int _clock;

    public static IpamConfiguration Configuration { get; } = Configurations.Ipam(
        """
        "ranges":[[{"subnet":"10.87.1.0/28","rangeStart":"10.87.1.0","rangeEnd":"10.87.1.15"}]]
        """);

    public string Log => string.Join('\n', _log);

    private IEnumerable<Held> Live => _leases.Values.Where(lease => lease.Boot == real.Host.BootId && !real.Host.Gone.Contains(lease.Namespace));

    /// <summary>One step, chosen by three numbers.</summary>
    public void Step(int kind, int a, int b)
    {
        _clock++;
        string container = "c" + (a % 18);
        string? name = b % 9 == 0 ? null : "n" + (b % 9);
        string address = "10.87.1." + (b % 16);
        switch (kind % 16)
        {
            case < 6:
                Acquire(container, name, null);
                break;
            case 6 or 7:
                Acquire(container, name, "10.87.1." + (a * 7 % 16));
                break;
            case < 11:
                Release(container);
                break;
            case 11:
                Kill(container);
                break;
            case 12 when a % 4 == 0:
                _log.Add("reboot");
                real.Host.BootId = "boot-" + _clock;
                break;
            case 13 when a % 2 == 0:
                CollectGarbage(b);
                break;
            case 14 when a % 2 == 0:
                Reserve("n" + (1 + (a / 2 % 3)), address);
                break;
            case 15 when a % 2 == 0:
                Unreserve("n" + (1 + (a / 2 % 8)));
                break;
        }

        CompareState();
    }

    /// <summary>When everybody is gone, every address must be there again.</summary>
    public void CheckNothingLeaked()
    {
        real.Host.BootId = "last boot";
        int free = _pool.Count - _static.Count;
        for (int i = 0; i < free; i++)
        {
            real.Add("last" + i);
        }

        IpamException error = Assert.Throws<IpamException>(() => real.Add("one too many"));
        Assert.Equal(IpamFailure.Exhausted, error.Failure);
        Assert.Equal(free, real.Leases().Leases().SelectMany(lease => lease.Addresses).Distinct().Count());
    }

    private void Acquire(string container, string? name, string? requested)
    {
        string path = "/run/netns/" + _clock;
        var request = new LeaseRequest { ContainerId = container, InterfaceName = "eth0", ContainerName = name, NamespacePath = path };
        IpamConfiguration configuration = Configuration with { RequestedAddresses = requested is null ? [] : [IPAddress.Parse(requested)] };
        string? got = null;
        IpamFailure? failure = null;
        try
        {
            IpamResult result = new NetworkLeases(configuration, real.Store, real.Host, real.Time).Acquire(request);
            got = Assert.Single(result.Addresses).Address.ToString();
        }
        catch (IpamException e)
        {
            failure = e.Failure;
        }

        _log.Add($"acquire {container} {name} {requested} -> {got}{failure}");
        HashSet<string> taken = [.. Live.Select(lease => lease.Address)];
        if (_leases.TryGetValue(container, out Held? earlier) && Live.Contains(earlier))
        {
            Assert.Equal(IpamFailure.DuplicateAllocation, failure);
            return;
        }

        if (requested is not null)
        {
            IpamFailure? expected = requested == "10.87.1.1" ? IpamFailure.GatewayRequested
                : Forbidden.Contains(requested) || taken.Contains(requested) || IsOfAnother(requested, name) ? IpamFailure.AddressUnavailable
                : null;
            Assert.Equal(expected, failure);
            if (failure is null)
            {
                Assert.Equal(requested, got);
                Remember(container, name, path, got!, ofRequest: true);
            }

            return;
        }

        List<string> mine = [.. Reserved(name)];
        if (mine.Find(address => !taken.Contains(address) && !IsOfAnother(address, name)) is { } own)
        {
            Assert.Equal(own, got);
        }
        else
        {
            CheckDynamic(name, got, failure, taken);
        }

        if (got is not null)
        {
            Remember(container, name, path, got, ofRequest: false);
        }
    }

    private IEnumerable<string> Reserved(string? name)
    {
        if (name is not null && _static.TryGetValue(name, out string? fixedAddress))
        {
            yield return fixedAddress;
        }

        if (name is not null && _sticky.TryGetValue(name, out (string Address, int Used) own))
        {
            yield return own.Address;
        }
    }

    private bool IsOfAnother(string address, string? name) => _static.Any(pair => pair.Value == address && pair.Key != name);

    private void CheckDynamic(string? name, string? got, IpamFailure? failure, HashSet<string> taken)
    {
        List<string> open = [.. _pool.Where(address => !taken.Contains(address) && !IsOfAnother(address, name))];
        List<string> unreserved = [.. open.Where(address => !_sticky.Any(pair => pair.Value.Address == address && pair.Key != name))];
        if (open.Count == 0)
        {
            Assert.Equal(IpamFailure.Exhausted, failure);
        }
        else if (unreserved.Count > 0)
        {
            Assert.Contains(got, unreserved);
        }
        else
        {
            HashSet<string?> running = [.. Live.Select(lease => lease.Name)];
            (string victim, (string address, _)) = _sticky
                .Where(pair => open.Contains(pair.Value.Address) && pair.Key != name)
                .OrderBy(pair => running.Contains(pair.Key))
                .ThenBy(pair => pair.Value.Used)
                .First();
            Assert.Equal(address, got);
            _sticky.Remove(victim);
        }
    }

    private void Remember(string container, string? name, string path, string got, bool ofRequest)
    {
        foreach (string gone in _leases.Where(pair => !Live.Contains(pair.Value) && (pair.Value.Address == got || pair.Value.Boot != real.Host.BootId))
            .Select(pair => pair.Key).ToList())
        {
            _leases.Remove(gone);
        }

        _leases[container] = new Held(got, name, path, real.Host.BootId);
        if (ofRequest && _sticky.FirstOrDefault(pair => pair.Value.Address == got && pair.Key != name) is { Key: { } loser })
        {
            _sticky.Remove(loser);
        }

        if (name is null)
        {
            return;
        }

        bool isKeptElsewhere = !ofRequest && Reserved(name).Any(address => address != got && !IsOfAnother(address, name))
            && !(_static.GetValueOrDefault(name) == got) && !(_sticky.TryGetValue(name, out (string Address, int Used) own) && own.Address == got);
        if (isKeptElsewhere)
        {
            Touch(name);
        }
        else if (_static.ContainsValue(got))
        {
            _sticky.Remove(name);
        }
        else
        {
            _sticky[name] = (got, _clock);
        }
    }

    private void Touch(string name)
    {
        if (_sticky.TryGetValue(name, out (string Address, int Used) own))
        {
            _sticky[name] = (own.Address, _clock);
        }
    }

    private void Release(string container)
    {
        Lease? lease = real.Delete(container);
        _log.Add($"release {container} -> {lease?.Addresses[0]}");
        if (_leases.Remove(container, out Held? held) && (held.Boot == real.Host.BootId && !real.Host.Gone.Contains(held.Namespace)))
        {
            Assert.Equal(held.Address, lease?.Addresses[0].ToString());
        }

        if (lease?.ContainerName is { } name)
        {
            Touch(name);
        }
    }

    private void Kill(string container)
    {
        _log.Add("kill " + container);
        if (_leases.TryGetValue(container, out Held? held))
        {
            real.Host.Gone.Add(held.Namespace);
        }
    }

    private void CollectGarbage(int mask)
    {
        HashSet<Attachment> valid = [.. _leases.Keys.Where(key => (mask >> (int.Parse(key[1..]) % 8) & 1) == 0).Select(key => new Attachment(key, "eth0"))];
        _log.Add("gc " + string.Join(' ', valid.Select(v => v.ContainerId)));
        real.Leases().CollectGarbage(valid);
        foreach (string container in _leases.Keys.Where(key => !valid.Contains(new Attachment(key, "eth0"))).ToList())
        {
            _leases.Remove(container);
        }
    }

    private void Reserve(string name, string address)
    {
        bool allowed = !Forbidden.Contains(address) && !IsOfAnother(address, name) && !Live.Any(lease => lease.Address == address && lease.Name != name);
        IpamException? error = null;
        try
        {
            real.Leases().Reserve(name, IPAddress.Parse(address));
        }
        catch (IpamException e)
        {
            error = e;
        }

        _log.Add($"reserve {name} {address} -> {error?.Failure}");
        Assert.Equal(allowed, error is null);
        if (allowed)
        {
            _static[name] = address;
            foreach (string loser in _sticky.Where(pair => pair.Value.Address == address).Select(pair => pair.Key).ToList())
            {
                _sticky.Remove(loser);
            }
        }
    }

    private void Unreserve(string name)
    {
        _log.Add("unreserve " + name);
        bool had = _static.Remove(name) | _sticky.Remove(name);
        Assert.Equal(had, real.Leases().Unreserve(name));
    }

    private void CompareState()
    {
        IReadOnlyList<Lease> leases = real.Leases().Leases();
        List<string> addresses = [.. leases.Select(lease => Assert.Single(lease.Addresses).ToString())];
        Assert.Equal(addresses.Count, addresses.Distinct().Count());
        Assert.Empty(addresses.Except(_pool));
        foreach ((string container, Held held) in _leases.Where(pair => Live.Contains(pair.Value)))
        {
            Assert.Contains(leases, lease => lease.ContainerId == container && lease.Addresses[0].ToString() == held.Address && lease.ContainerName == held.Name);
        }

        Assert.Equal(
            _sticky.Select(pair => pair.Key + " " + pair.Value.Address).Concat(_static.Select(pair => pair.Key + " static " + pair.Value)).Order(),
            real.Leases().Reservations().Select(r => r.Name + (r.IsStatic ? " static " : " ") + Assert.Single(r.Addresses)).Order());
        Assert.Equal(Live.Count(), real.Leases().Status().Sets[0].Used);
    }
}
