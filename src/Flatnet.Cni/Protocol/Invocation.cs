namespace Flatnet.Cni.Protocol;

/// <summary>One call of the plugin: the validated <c>CNI_*</c> environment (spec, "Parameters").</summary>
internal sealed record Invocation
{
    /// <summary>The verb.</summary>
    public required CniCommand Command { get; init; }

    /// <summary>The verb as it was written, for messages and the log.</summary>
    public required string CommandText { get; init; }

    /// <summary><c>CNI_CONTAINERID</c>; empty when the verb does not need it.</summary>
    public string ContainerId { get; init; } = "";

    /// <summary><c>CNI_NETNS</c>, verbatim; empty when absent, which only DEL allows.</summary>
    public string NamespacePath { get; init; } = "";

    /// <summary><c>CNI_IFNAME</c>; empty when the verb does not need it.</summary>
    public string InterfaceName { get; init; } = "";

    /// <summary><c>CNI_ARGS</c>, parsed by <see cref="CniArguments"/>.</summary>
    public string Arguments { get; init; } = "";

    /// <summary><c>CNI_PATH</c>: where delegates are looked for.</summary>
    public string Path { get; init; } = "";

    /// <summary><c>CNI_NETNS_OVERRIDE</c>: the caller insists that its own namespace may be the container's.</summary>
    public bool AllowsOwnNamespace { get; init; }
}
