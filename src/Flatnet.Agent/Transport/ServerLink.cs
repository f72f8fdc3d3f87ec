using Flatnet.Agent.Configuration;
using Flatnet.Agent.Transport.Http;
using Flatnet.Agent.Transport.Socket;

namespace Flatnet.Agent.Transport;

/// <summary>The server, both ways to it, and who the agent is there. Shared by all streams.</summary>
internal sealed class ServerLink : IDisposable
{
    private readonly SocketOptions _socket;
    private readonly TimeProvider _time;
    private readonly SocketsHttpHandler _handler;
    private readonly HttpMessageInvoker _invoker;

    /// <exception cref="IOException">The token's file or that of the authorities cannot be read.</exception>
    public ServerLink(AgentOptions options, TimeProvider time)
    {
        _socket = options.Socket;
        _time = time;
        Credential = new Credential(options.Auth);
        _handler = ServerHandler.Create(options.Tls, options.Api.Url, options.Socket.Timeout);
        _invoker = new HttpMessageInvoker(_handler, disposeHandler: false);
        Api = new ServerApi(options.Api, Credential, _handler, time);
    }

    public ServerApi Api { get; }

    public Credential Credential { get; }

    /// <exception cref="ServerException">There is no connection.</exception>
    public Task<SocketLink> ConnectAsync(string taskId, CancellationToken cancellation) =>
        SocketLink.ConnectAsync(ServerUrls.Task(_socket.Url, taskId), Credential, _invoker, _socket.Timeout, _time, cancellation);

    public void Dispose()
    {
        Api.Dispose();
        _invoker.Dispose();
        _handler.Dispose();
    }
}
