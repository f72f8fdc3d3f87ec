namespace Flatnet.Cni.Protocol;

/// <summary>The verbs of <c>CNI_COMMAND</c>, and what the environment asks for beside them.</summary>
internal enum CniCommand
{
    /// <summary><c>CNI_COMMAND</c> is unset or empty: somebody looks at us from a shell.</summary>
    None,

    /// <summary>A word that is no verb; reported only after the configuration has been read (spec order).</summary>
    Unknown,
    Version,
    Add,
    Check,
    Del,
    Gc,
    Status,
}
