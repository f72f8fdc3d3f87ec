namespace Flatnet.Cli.Ps;

/// <summary>What has to be found out beyond the plain list; everything else is not asked for.</summary>
[Flags]
internal enum PsNeeds
{
    None = 0,

    /// <summary>Flatnet addresses.</summary>
    Addresses = 1,

    /// <summary>Sizes, which are slow.</summary>
    Size = 2,

    /// <summary>Pod names and restarts.</summary>
    Pods = 4,

    /// <summary>Namespaces.</summary>
    Namespaces = 8,

    /// <summary>Where sources disagree about an address, so that all of them must be asked.</summary>
    Conflicts = 16,
}
