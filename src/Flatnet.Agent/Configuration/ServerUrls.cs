namespace Flatnet.Agent.Configuration;

/// <summary>Where on the server the two interfaces are.</summary>
internal static class ServerUrls
{
    private const string ApiPath = "/api/v1";
    private const string SocketPath = "/ws/tasks";

    /// <summary>Stands in for an address that is wrong, while the other settings are looked at.</summary>
    public static Uri Nowhere { get; } = new("http://localhost");

    /// <summary>With <see cref="ApiPath"/> behind it, whether it was written or not, and no slash.</summary>
    public static Uri Api(Uri written)
    {
        string path = written.AbsolutePath.TrimEnd('/');
        return new UriBuilder(written) { Path = path.EndsWith(ApiPath, StringComparison.Ordinal) ? path : path + ApiPath }.Uri;
    }

    /// <summary>Where the server with this REST interface says whether it is well.</summary>
    public static Uri Health(Uri api) => new UriBuilder(api) { Path = api.AbsolutePath[..^ApiPath.Length] + "/health" }.Uri;

    /// <summary>The WebSocket of the server with this REST interface.</summary>
    public static Uri SocketBeside(Uri api) => new UriBuilder(api)
    {
        Scheme = api.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs,
        Path = api.AbsolutePath[..^ApiPath.Length] + SocketPath,
    }.Uri;

    /// <summary>The WebSocket of one task.</summary>
    public static Uri Task(Uri socket, string taskId) =>
        new UriBuilder(socket) { Path = $"{socket.AbsolutePath.TrimEnd('/')}/{Uri.EscapeDataString(taskId)}" }.Uri;
}
