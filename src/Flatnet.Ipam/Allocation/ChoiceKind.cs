namespace Flatnet.Ipam;

/// <summary>Why an address was chosen; decides what becomes of the name's reservation.</summary>
internal enum ChoiceKind
{
    /// <summary>The user asked for it.</summary>
    Requested,

    /// <summary>The administrator reserved it.</summary>
    Static,

    /// <summary>The name had it before.</summary>
    Sticky,

    /// <summary>It was the next free one.</summary>
    Dynamic,
}
