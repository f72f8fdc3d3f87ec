namespace Flatnet.Cli.Ps.Formats;

/// <summary>An ID per line and nothing else.</summary>
internal sealed class QuietFormat(bool isWhole) : IPsFormat
{
    public PsNeeds Needs => PsNeeds.None;

    public bool HidesWarnings => true;

    public void Write(TextWriter output, PsListing listing)
    {
        foreach (PsRow row in listing.Rows)
        {
            output.Write(isWhole ? row.Container.Id : PsRow.Shorten(row.Container.Id));
            output.Write('\n');
        }
    }
}
