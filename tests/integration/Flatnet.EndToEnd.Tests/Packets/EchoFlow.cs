using Flatnet.EndToEnd.Tests.Harness;

namespace Flatnet.EndToEnd.Tests.Packets;

/// <summary>One TCP connection that stays open, from the sandbox or one of its nodes to an echo server in another node.</summary>
internal sealed class EchoFlow : IDisposable
{
    private const string Port = "7007";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly Background _server;
    private readonly Background _client;

    public EchoFlow(Node server, Func<string[], Background> startClient, string address)
    {
        _server = server.Start("busybox", "nc", "-l", "-p", Port, "-e", "cat");
        Eventually.True(
            () => server.Run("ss", "--no-header", "--listening", "--tcp", "--numeric").Output.Contains($":{Port}", StringComparison.Ordinal),
            "the echo server listens");
        _client = startClient(["busybox", "nc", address, Port]);
    }

    public void AssertAlive(string line)
    {
        Assert.Equal(line, _client.Exchange(line, Limit));
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }
}
