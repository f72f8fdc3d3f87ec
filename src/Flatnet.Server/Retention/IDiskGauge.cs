namespace Flatnet.Server.Retention;

/// <summary>Tells how full a file system is.</summary>
internal interface IDiskGauge
{
    /// <summary>The part that is in use, from 0 to 1, as <c>df</c> counts it.</summary>
    /// <exception cref="IOException">It cannot be told.</exception>
    public double Used { get; }
}
