namespace Flatnet.Interop;

/// <summary>Names the C header a structure or a group of constants was taken from. The layout test includes it and lets
/// a C compiler compare every size, offset and value.</summary>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class)]
internal sealed class CHeaderAttribute(string header) : Attribute
{
    /// <summary>The header as written between the angle brackets.</summary>
    public string Header { get; } = header;

    /// <summary>True for structures C knows only with the keyword <c>struct</c>; false for a typedef.</summary>
    public bool IsStruct { get; init; } = true;
}
