using System.Net.Sockets;
using System.Security.Authentication;

namespace Flatnet.Agent.Transport;

/// <summary>What a chain of exceptions comes down to.</summary>
internal static class Reason
{
    /// <summary>The inmost reason, without a full stop: "Connection refused" rather than that the request could not be sent.</summary>
    public static string Of(Exception exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException or AuthenticationException)
            {
                exception = inner;
            }
        }

        return exception.Message.TrimEnd('.');
    }
}
