namespace Flatnet.Cli.Ps.Formats;

/// <summary>A way to print a listing.</summary>
internal interface IPsFormat
{
    /// <summary>What it prints beyond the plain list.</summary>
    public PsNeeds Needs { get; }

    /// <summary>Whether warnings are part of what it prints, or must not be printed at all.</summary>
    public bool HidesWarnings { get; }

    public void Write(TextWriter output, PsListing listing);
}
