using System.Net.Sockets;

namespace Flatnet.Podman.Tests.Engine;

/// <summary>The directories and variables that tell where Podman is, and nothing of the real ones.</summary>
internal sealed class Machine : IDisposable
{
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("flatnet-run-");
    private readonly List<IDisposable> _sockets = [];

    public Dictionary<string, string> Variables { get; } = [];

    public string Directory => _directory.FullName;

    public string SystemSocket => Place("podman/podman.sock");

    public string UserSocket => Place($"user/{UserId.Read()}/podman/podman.sock");

    public string SessionSocket => Place("session/podman/podman.sock");

    public EngineOptions Options => new() { Environment = name => Variables.GetValueOrDefault(name), RunDirectory = Directory, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>A path below the directory, whose own directory exists.</summary>
    public string Place(string path)
    {
        string place = Path.Combine(Directory, path);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        return place;
    }

    /// <summary>A socket on which somebody listens.</summary>
    public string Listen(string path)
    {
        _sockets.Add(new FakePodman(_ => Answer.Json("[]"), path));
        return path;
    }

    /// <summary>A socket on which nobody listens any more.</summary>
    public static string Abandon(string path)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return path;
    }

    public void Dispose()
    {
        _sockets.ForEach(socket => socket.Dispose());
        _directory.Delete(recursive: true);
    }
}
