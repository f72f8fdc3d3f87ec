using System.Collections.Immutable;

namespace Flatnet.Cli.Doctor.Probes;

/// <summary>A chain that forwarded packets pass.</summary>
/// <param name="Name">As <c>nft</c> names it, such as <c>ip filter FORWARD</c>.</param>
/// <param name="Drops">What no rule accepts is dropped.</param>
/// <param name="Comments">The comments of its rules.</param>
/// <param name="Expressions">Its rules as the kernel has them; names of interfaces can be found in there.</param>
internal sealed record ForwardChain(string Name, bool Drops, ImmutableArray<string> Comments, ImmutableArray<byte[]> Expressions)
{
    /// <summary>Whether a rule names the interface.</summary>
    public bool Mentions(string interfaceName)
    {
        byte[] name = System.Text.Encoding.ASCII.GetBytes(interfaceName + "\0");
        return Expressions.Any(expression => expression.AsSpan().IndexOf(name) >= 0);
    }
}
