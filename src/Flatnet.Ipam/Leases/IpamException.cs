namespace Flatnet.Ipam;

/// <summary>Address management failed and has changed nothing.</summary>
public sealed class IpamException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="failure">What kind of failure.</param>
    /// <param name="message">What failed, in host-local's words where it has some.</param>
    /// <param name="details">Why, and what to do.</param>
    public IpamException(IpamFailure failure, string message, string? details = null)
        : base(message)
    {
        Failure = failure;
        Details = details;
    }

    /// <summary>What kind of failure.</summary>
    public IpamFailure Failure { get; }

    /// <summary>Why it failed and what to do about it.</summary>
    public string? Details { get; }

    /// <summary>Whether the caller lacks permission; as root the same would work.</summary>
    public bool IsPermissionDenied { get; init; }
}
