using System.Collections.Immutable;

namespace Flatnet.Settings;

/// <summary>Where settings are read from. A flag wins over a variable, that over the file, that over the default.</summary>
public sealed record SettingSources
{
    /// <summary>The YAML or JSON file, which must be there; null for none.</summary>
    public string? File { get; init; }

    /// <summary>Reads an environment variable; null when it is not set.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>What the command line says, by the key's path.</summary>
    public IReadOnlyDictionary<string, string> Flags { get; init; } = ImmutableDictionary<string, string>.Empty;
}
