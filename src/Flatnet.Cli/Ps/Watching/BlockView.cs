using System.Collections.Immutable;
using System.Globalization;
using Flatnet.Cli.Ps.Formats;

namespace Flatnet.Cli.Ps.Watching;

/// <summary>Prints the list again whenever it has changed, without anything that only a terminal understands.</summary>
/// <param name="output">Takes the lists.</param>
/// <param name="error">Takes warnings, each of them once.</param>
/// <param name="format">How a list is printed.</param>
/// <param name="hasGaps">Whether a blank line separates the lists.</param>
internal sealed class BlockView(TextWriter output, TextWriter error, IPsFormat format, bool hasGaps) : IPsView
{
    private string? _shown;
    private ImmutableArray<string> _warned = [];
    private string? _problem;

    public void Show(PsListing listing)
    {
        if (!format.HidesWarnings)
        {
            PsWarnings.Write(error, listing.Warnings.Except(_warned));
            _warned = listing.Warnings;
        }

        _problem = null;
        var text = new StringWriter(CultureInfo.InvariantCulture);
        format.Write(text, listing);
        string block = text.ToString();
        if (block == _shown)
        {
            return;
        }

        if (_shown is not null && hasGaps)
        {
            output.Write('\n');
        }

        output.Write(block);
        output.Flush();
        _shown = block;
    }

    public void ShowProblem(string message)
    {
        if (message != _problem)
        {
            PsWarnings.Write(error, [message]);
            _problem = message;
        }
    }

    public void Dispose()
    {
    }
}
