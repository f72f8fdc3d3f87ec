namespace Flatnet.Cni.Protocol;

/// <summary>
/// <c>CNI_ARGS</c>: <c>K=V;K=V</c>. We know <c>MAC</c> and <c>IP</c>, and the <c>K8S_POD_*</c> keys by which Podman and
/// Kubernetes runtimes tell the container's name.
/// </summary>
internal sealed record CniArguments
{
    /// <summary>The container's MAC address as text.</summary>
    public string? Mac { get; private init; }

    /// <summary>The requested address, with or without a prefix length.</summary>
    public string? Ip { get; private init; }

    /// <summary>The name the user gave the container or pod: under Kubernetes with its namespace, <c>ns/pod</c>.</summary>
    public string? ContainerName { get; private init; }

    /// <summary>Parses the variable's text; empty text is no arguments.</summary>
    /// <exception cref="CniException">Code 4: a piece without exactly one <c>=</c>, or an unknown key while
    /// <c>IgnoreUnknown</c> is not true anywhere in the text.</exception>
    public static CniArguments Parse(string text)
    {
        if (text.Length == 0)
        {
            return new CniArguments();
        }

        string? mac = null, ip = null, pod = null, podNamespace = null;
        bool ignoreUnknown = false;
        List<string>? unknown = null;
        foreach (string pair in text.Split(';'))
        {
            int equals = pair.IndexOf('=');
            if (equals < 0 || pair.IndexOf('=', equals + 1) >= 0)
            {
                throw new CniException(ErrorCode.InvalidEnvironment, $"CNI_ARGS: invalid pair \"{pair}\"", "expected K=V;K=V with one '=' in each pair");
            }

            string value = pair[(equals + 1)..];
            switch (pair.AsSpan(0, equals))
            {
                case "MAC":
                    mac = value;
                    break;
                case "IP":
                    ip = value;
                    break;
                case "K8S_POD_NAME":
                    pod = value;
                    break;
                case "K8S_POD_NAMESPACE":
                    podNamespace = value;
                    break;
                case "K8S_POD_INFRA_CONTAINER_ID" or "K8S_POD_UID":
                    break;
                case "IgnoreUnknown":
                    ignoreUnknown = ParseBoolean(value);
                    break;
                default:
                    (unknown ??= []).Add($"\"{pair}\"");
                    break;
            }
        }

        if (unknown is not null && !ignoreUnknown)
        {
            throw new CniException(
                ErrorCode.InvalidEnvironment,
                $"CNI_ARGS: unknown args [{string.Join(' ', unknown)}]",
                "known are MAC, IP and K8S_POD_*; IgnoreUnknown=1 skips the rest");
        }

        return new CniArguments
        {
            Mac = NullIfEmpty(mac),
            Ip = NullIfEmpty(ip),
            ContainerName = string.IsNullOrEmpty(pod) ? null : string.IsNullOrEmpty(podNamespace) ? pod : $"{podNamespace}/{pod}",
        };
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static bool ParseBoolean(string value) => value switch
    {
        "1" => true,
        "0" => false,
        _ when value.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
        _ when value.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
        _ => throw new CniException(ErrorCode.InvalidEnvironment, $"CNI_ARGS: IgnoreUnknown=\"{value}\" is not a boolean", "use 1, 0, true or false"),
    };
}
