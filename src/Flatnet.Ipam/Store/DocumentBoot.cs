namespace Flatnet.Ipam;

/// <summary>The boot a document's leases are of, unless they say otherwise. Shared by its entries, because the document may
/// name it after them.</summary>
internal sealed class DocumentBoot
{
    /// <summary>Empty in a document that names none: an unknown boot.</summary>
    internal string Id { get; set; } = "";
}
