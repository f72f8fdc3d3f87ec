namespace Flatnet.Server.Hosting;

/// <summary>The server cannot be set up as configured: what is wrong, and what to do.</summary>
internal sealed class HostingException(string message, Exception? inner = null) : Exception(message, inner);
