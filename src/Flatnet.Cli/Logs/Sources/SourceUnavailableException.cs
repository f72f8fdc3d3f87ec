namespace Flatnet.Cli.Logs;

/// <summary>A place has nothing to read; the message says why, to be put in brackets.</summary>
/// <param name="reason">Such as <c>connection refused</c>.</param>
/// <param name="isEmpty">The place itself answered: that it knows nothing of the target is an answer, if there is no other place.</param>
/// <param name="inner">What was thrown.</param>
internal sealed class SourceUnavailableException(string reason, bool isEmpty, Exception? inner = null) : Exception(reason, inner)
{
    public bool IsEmpty => isEmpty;
}
