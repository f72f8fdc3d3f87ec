namespace Flatnet.Ipam;

/// <summary>Reads a <c>dns</c> object.</summary>
public static class DnsReader
{
    /// <summary>Reads <c>nameservers</c>, <c>domain</c>, <c>search</c> and <c>options</c>.</summary>
    /// <exception cref="ConfigException">A key has the wrong type.</exception>
    public static DnsSettings Read(ConfigObject dns) => new()
    {
        Nameservers = dns.Strings("nameservers"),
        Domain = dns.String("domain"),
        Search = dns.Strings("search"),
        Options = dns.Strings("options"),
    };
}
