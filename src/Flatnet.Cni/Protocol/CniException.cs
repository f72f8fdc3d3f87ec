namespace Flatnet.Cni.Protocol;

/// <summary>
/// The one failure that leaves the plugin: what was tried, on what, why it failed and what to do, with the code of the CNI
/// error object. Only <see cref="Program"/> catches it.
/// </summary>
internal sealed class CniException : Exception
{
    public CniException(ErrorCode code, string message, string? details = null, Exception? cause = null)
        : base(message, cause)
    {
        Code = (int)code;
        Details = details;
    }

    /// <summary>Passes a delegate's error on with the code it chose.</summary>
    public CniException(int code, string message, string? details)
        : base(message)
    {
        Code = code;
        Details = details;
    }

    /// <summary>The numeric code, one of <see cref="ErrorCode"/> unless a delegate chose another.</summary>
    public int Code { get; }

    /// <summary>The offending value or further cause, printed as <c>details</c>.</summary>
    public string? Details { get; }

    /// <summary>Message and details on one line, for logs.</summary>
    public string OneLine => Details is null ? Message : $"{Message}: {Details}";
}
