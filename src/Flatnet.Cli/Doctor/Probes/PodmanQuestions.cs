using System.Collections.Immutable;
using System.Net.Sockets;
using System.Text.Json;
using Flatnet.Podman;

namespace Flatnet.Cli.Doctor.Probes;

/// <summary>What only Podman itself can tell about its set-up: over its socket where there is one, else by its command.</summary>
internal sealed class PodmanQuestions(string? socketPath, IProcessRunner processes)
{
    // Any version in the path is accepted by every Podman from 4.0 on.
    private const string ApiRoot = "http://podman/v4.0.0/libpod";

    public async Task<PodmanInfo> GetInfoAsync(CancellationToken cancellation) =>
        PodmanInfo.Read(await AskAsync("/info", ["info", "--format", "json"], cancellation));

    /// <summary>The names of the networks that Podman has loaded.</summary>
    public async Task<ImmutableArray<string>> GetNetworksAsync(CancellationToken cancellation)
    {
        string json = await AskAsync("/networks/json", ["network", "ls", "--format", "json"], cancellation);
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind != JsonValueKind.Array
            ? []
            : [.. document.RootElement.EnumerateArray().Select(network => NameOf(network)).OfType<string>()];
    }

    private static string? NameOf(JsonElement network)
    {
        if (network.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        // Podman before 4.0 wrote "Name".
        bool isNamed = network.TryGetProperty("name", out JsonElement name) || network.TryGetProperty("Name", out name);
        return isNamed && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
    }

    private Task<string> AskAsync(string path, string[] arguments, CancellationToken cancellation) =>
        socketPath is null ? AskCommandAsync(arguments, cancellation) : AskSocketAsync(socketPath, path, cancellation);

    private async Task<string> AskCommandAsync(string[] arguments, CancellationToken cancellation)
    {
        ProcessResult result = await processes.RunAsync("podman", arguments, cancellation)
            ?? throw new EngineException(EngineFailure.Absent, "there is no podman on the PATH", "Make sure Podman is installed and running.");
        return result.ExitCode == 0
            ? result.Output
            : throw new EngineException(EngineFailure.Refused, $"podman {string.Join(' ', arguments)} failed: {result.Errors.Trim()}", "");
    }

    private static async Task<string> AskSocketAsync(string socketPath, string path, CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, limit) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), limit);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        });
        return await client.GetStringAsync(new Uri(ApiRoot + path), cancellation);
    }
}
