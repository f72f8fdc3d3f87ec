namespace Flatnet.Ipam;

/// <summary>The configuration is wrong; becomes CNI error 7.</summary>
public sealed class ConfigException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which key, which value, what was expected.</param>
    /// <param name="details">What to do about it.</param>
    public ConfigException(string message, string? details = null)
        : base(message) => Details = details;

    /// <summary>What to do about it.</summary>
    public string? Details { get; }
}
