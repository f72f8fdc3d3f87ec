namespace Flatnet.Cni.Protocol;

/// <summary>
/// Reads and checks the environment. Empty counts as missing; variables are looked at in the specification's order, missing
/// ones are collected and reported together, a malformed one is reported at once.
/// </summary>
internal static class InvocationReader
{
    /// <summary>Reads the call through <paramref name="variable"/>, which returns an environment variable or null.</summary>
    /// <exception cref="CniException">Code 4, with the names of the missing variables or the malformed value.</exception>
    public static Invocation Read(Func<string, string?> variable)
    {
        string text = variable("CNI_COMMAND") ?? "";
        CniCommand command = text switch
        {
            "" => CniCommand.None,
            "ADD" => CniCommand.Add,
            "DEL" => CniCommand.Del,
            "CHECK" => CniCommand.Check,
            "GC" => CniCommand.Gc,
            "STATUS" => CniCommand.Status,
            "VERSION" => CniCommand.Version,
            _ => CniCommand.Unknown,
        };

        bool needsContainer = command is CniCommand.Add or CniCommand.Check or CniCommand.Del;
        bool needsNamespace = command is CniCommand.Add or CniCommand.Check;
        bool needsPath = needsContainer || command is CniCommand.Gc or CniCommand.Status;
        string missing = "";

        string containerId = Required("CNI_CONTAINERID", needsContainer);
        if (needsContainer && containerId.Length > 0)
        {
            CheckContainerId(containerId);
        }

        string namespacePath = Required("CNI_NETNS", needsNamespace);
        string interfaceName = Required("CNI_IFNAME", needsContainer);
        if (needsContainer && interfaceName.Length > 0)
        {
            CheckInterfaceName(interfaceName);
        }

        string path = Required("CNI_PATH", needsPath);
        if (missing.Length > 0)
        {
            throw new CniException(ErrorCode.InvalidEnvironment, $"required env variables [{missing}] missing");
        }

        string overrideText = variable("CNI_NETNS_OVERRIDE") ?? "";
        return new Invocation
        {
            Command = command,
            CommandText = text,
            ContainerId = containerId,
            NamespacePath = namespacePath,
            InterfaceName = interfaceName,
            Arguments = variable("CNI_ARGS") ?? "",
            Path = path,
            AllowsOwnNamespace = overrideText == "1" || overrideText.Equals("true", StringComparison.OrdinalIgnoreCase),
        };

        string Required(string name, bool required)
        {
            string value = variable(name) ?? "";
            if (required && value.Length == 0)
            {
                missing = missing.Length == 0 ? name : $"{missing},{name}";
            }

            return value;
        }
    }

    private static void CheckContainerId(string value)
    {
        if (!Identifier.IsValid(value))
        {
            throw new CniException(ErrorCode.InvalidEnvironment, "invalid characters in containerID", $"CNI_CONTAINERID={value}");
        }
    }

    private static void CheckInterfaceName(string value)
    {
        if (InterfaceName.Problem(value) is { } problem)
        {
            throw new CniException(ErrorCode.InvalidEnvironment, problem.Message, $"CNI_IFNAME={value}: {problem.Details}");
        }
    }
}
