namespace Flatnet.Ipam;

/// <summary>The <c>dns</c> object of a result: what resolv.conf(5) should say inside the container.</summary>
public sealed record DnsSettings
{
    /// <summary>Addresses of name servers, in order of preference.</summary>
    public IReadOnlyList<string> Nameservers { get; init; } = [];

    /// <summary>The local domain.</summary>
    public string? Domain { get; init; }

    /// <summary>Search list for short names.</summary>
    public IReadOnlyList<string> Search { get; init; } = [];

    /// <summary>Resolver options, verbatim.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Whether nothing at all is set.</summary>
    public bool IsEmpty => Nameservers.Count == 0 && string.IsNullOrEmpty(Domain) && Search.Count == 0 && Options.Count == 0;
}
