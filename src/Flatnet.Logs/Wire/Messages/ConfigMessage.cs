namespace Flatnet.Logs.Wire;

/// <summary>The server changes what an agent streams.</summary>
/// <param name="Level">The least level to stream.</param>
public sealed record ConfigMessage(string Level) : WireMessage(Name)
{
    /// <summary>The message's name.</summary>
    public const string Name = "config";
}
