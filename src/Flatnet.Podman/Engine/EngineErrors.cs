using System.Net.Sockets;

namespace Flatnet.Podman;

/// <summary>The errors of this library, each with its advice.</summary>
internal static class EngineErrors
{
    private const string Install = "Make sure Podman is installed and running.";

    private const string Start = "Start it with: systemctl start podman.socket";

    private const string Allow =
        "Use sudo, ask for membership in the group that owns the socket, or start a Podman of your own: systemctl --user start podman.socket";

    public static EngineException NotFound(IEnumerable<string> sockets, string command)
    {
        string tried = string.Join(", ", sockets);
        return new EngineException(EngineFailure.Absent, $"Podman was not found: no socket at {tried}{(command.Length > 0 ? $", no command {command}" : "")}", Install);
    }

    public static EngineException NotUnix(string url)
    {
        return new EngineException(
            EngineFailure.Absent,
            $"cannot reach Podman at {WithoutPassword(url)}: only Unix sockets are supported",
            "Give a URL such as unix:///run/podman/podman.sock.");
    }

    public static EngineException NotConnected(string path, SocketException problem)
    {
        return problem.SocketErrorCode == SocketError.AccessDenied
            ? new EngineException(EngineFailure.Denied, $"permission denied on Podman's socket {path}", Allow, problem)
            : new EngineException(EngineFailure.Absent, $"Podman does not listen on unix://{path}: {problem.Message}", Start, problem);
    }

    public static EngineException BadPath(string path)
    {
        return new EngineException(EngineFailure.Absent, $"'{path}' cannot be the path of a socket", "A socket's path has 1 to 107 bytes.");
    }

    public static EngineException Slow(string engine, TimeSpan limit)
    {
        return new EngineException(EngineFailure.Timeout, $"{engine} did not answer within {limit.TotalSeconds:0.###} s", "Try again; if it stays so, restart Podman.");
    }

    public static EngineException NoAnswer(string engine, Exception problem)
    {
        return new EngineException(EngineFailure.Refused, $"{engine} gave no usable answer: {problem.GetBaseException().Message}", "Check that Podman 4 or newer is there.", problem);
    }

    public static EngineException Refused(string engine, int status, string text)
    {
        return new EngineException(EngineFailure.Refused, $"{engine} refused: {text}", "") { Status = status };
    }

    public static EngineException NotStarted(string program, Exception problem)
    {
        return new EngineException(EngineFailure.Absent, $"cannot start {program}: {problem.Message}", Install, problem);
    }

    /// <param name="command">What was run.</param>
    /// <param name="reason">What it said.</param>
    /// <param name="denied">The socket passed over because this user may not open it, or null.</param>
    public static EngineException CommandFailed(string command, string reason, EngineException? denied)
    {
        return denied is null
            ? new EngineException(EngineFailure.Refused, $"{command} failed: {reason}", "")
            : new EngineException(EngineFailure.Denied, $"{denied.Message}, and {command} failed: {reason}", denied.Advice, denied);
    }

    private static string WithoutPassword(string url)
    {
        return Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) ? uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) : url;
    }
}
