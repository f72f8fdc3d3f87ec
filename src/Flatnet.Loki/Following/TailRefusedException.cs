namespace Flatnet.Loki.Following;

/// <summary>A tail could not be opened.</summary>
/// <param name="reason">Why, for a person.</param>
/// <param name="isFinal">Trying again would give the same answer.</param>
/// <param name="inner">What happened underneath.</param>
internal sealed class TailRefusedException(string reason, bool isFinal, Exception? inner = null) : Exception(reason, inner)
{
    public bool IsFinal { get; } = isFinal;
}
