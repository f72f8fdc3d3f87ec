namespace Flatnet.Server.Hosting;

/// <summary>How connections are protected.</summary>
internal sealed record TlsOptions
{
    /// <summary>The PEM file with the certificate and its chain; null for none.</summary>
    public string? Certificate { get; init; }

    /// <summary>The PEM file with its key.</summary>
    public string? Key { get; init; }

    /// <summary>A proxy in front ends TLS, and nobody else reaches the port.</summary>
    public bool TerminatedByProxy { get; init; }
}
