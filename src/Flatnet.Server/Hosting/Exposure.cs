namespace Flatnet.Server.Hosting;

/// <summary>Nobody but this machine reaches a server that is not protected.</summary>
internal static class Exposure
{
    /// <param name="options">Where to listen.</param>
    /// <param name="hasCredentials">Whether somebody can prove to be an administrator.</param>
    /// <exception cref="HostingException">An address would be open to others.</exception>
    public static void Check(HttpOptions options, bool hasCredentials)
    {
        if (options.Listen.FirstOrDefault(address => !address.IsLocal) is not { } open)
        {
            return;
        }

        if (!hasCredentials)
        {
            throw new HostingException($"Does not listen on {open}: it is reachable from other machines, and no admin token is set. "
                + "Set auth.adminToken (or FLATNET_ADMIN_TOKEN), or listen on 127.0.0.1.");
        }

        if (options.Tls.Certificate is null && !options.Tls.TerminatedByProxy)
        {
            throw new HostingException($"Does not listen on {open}: it is reachable from other machines, and tokens would cross the network in the clear. "
                + "Set server.tls.certificate and server.tls.key; or, if a proxy in front ends TLS, server.tls.terminatedByProxy.");
        }
    }
}
