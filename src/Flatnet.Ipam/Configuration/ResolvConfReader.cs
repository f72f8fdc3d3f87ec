namespace Flatnet.Ipam;

/// <summary>Reads resolv.conf(5): <c>nameserver</c> takes one word, the last <c>domain</c> wins, <c>search</c> and
/// <c>options</c> add up; lines that start with <c>#</c> or <c>;</c> are comments.</summary>
internal static class ResolvConfReader
{
    internal static DnsSettings Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new IpamException(
                IpamFailure.ResolvConf,
                $"cannot read resolvConf {path}: {FileProblem.Describe(e)}",
                "correct \"resolvConf\" in the network's ipam configuration; no address was taken");
        }

        return Parse(text);
    }

    internal static DnsSettings Parse(string text)
    {
        List<string> nameservers = [];
        List<string> search = [];
        List<string> options = [];
        string? domain = null;
        foreach (string line in text.Split('\n'))
        {
            string[] words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || words[0][0] is '#' or ';')
            {
                continue;
            }

            switch (words[0])
            {
                case "nameserver":
                    nameservers.Add(words[1]);
                    break;
                case "domain":
                    domain = words[1];
                    break;
                case "search":
                    search.AddRange(words.AsSpan(1));
                    break;
                case "options":
                    options.AddRange(words.AsSpan(1));
                    break;
            }
        }

        return new DnsSettings { Nameservers = nameservers, Domain = domain, Search = search, Options = options };
    }
}
