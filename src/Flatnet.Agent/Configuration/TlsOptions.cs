namespace Flatnet.Agent.Configuration;

/// <summary>TLS to the server.</summary>
internal sealed record TlsOptions
{
    /// <summary>Addresses beyond this machine must be https and wss.</summary>
    public required bool IsRequired { get; init; }

    public required bool VerifyCertificate { get; init; }

    /// <summary>PEM file of the authorities that are trusted instead of the system's; null for the system's.</summary>
    public string? CertificatePath { get; init; }
}
