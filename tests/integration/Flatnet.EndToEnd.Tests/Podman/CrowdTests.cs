using Flatnet.EndToEnd.Tests.Harness;

namespace Flatnet.EndToEnd.Tests.Podman;

/// <summary>Many containers at the same time.</summary>
public sealed class CrowdTests : IDisposable
{
    private const int Crowd = 50;

    private readonly Sandbox _sandbox = new();
    private readonly PodmanHost _podman;

    public CrowdTests()
    {
        _podman = new PodmanHost(_sandbox);
        _sandbox.AddNetwork(Networks.Flatnet());
    }

    public void Dispose()
    {
        _sandbox.Dispose();
    }

    [HostFact("podman", "runc", "nft")]
    public void Fifty_containers_started_at_once_all_serve_and_all_go()
    {
        IReadOnlyList<string> before = HostTraces.Of(_sandbox);
        string[] names = [.. Enumerable.Range(1, Crowd).Select(number => $"web{number}")];

        AtOnce(names, name => _podman.RunWeb(name));

        string[] addresses = [.. names.Select(name => _podman.AddressOf(name))];
        Assert.Equal(Crowd, addresses.Distinct().Count());
        foreach ((string name, string address) in names.Zip(addresses))
        {
            Assert.Equal(name, Traffic.From(_sandbox).Fetch(address, WebFiles.NamePath));
        }

        AtOnce(names, name => _podman.Run("rm", "--force", "--time", "0", name));
        HostTraces.AssertSame(before, _sandbox);
        Assert.Equal(0, LeaseState.Leases(_sandbox));
    }

    // A thread each: a pool would start them a few at a time.
    private static void AtOnce(IEnumerable<string> names, Action<string> action)
    {
        List<Exception> failures = [];
        List<Thread> threads = [];
        foreach (string name in names)
        {
            Thread thread = new(() =>
            {
                try
                {
                    action(name);
                }
                catch (Exception exception) when (exception is CommandFailedException or IOException)
                {
                    lock (failures)
                    {
                        failures.Add(exception);
                    }
                }
            });
            thread.Start();
            threads.Add(thread);
        }

        threads.ForEach(thread => thread.Join());
        Assert.True(failures.Count == 0, $"{failures.Count} failed, the first: {failures.FirstOrDefault()?.Message}");
    }
}
