using System.Runtime.CompilerServices;
using Flatnet.Logs;

namespace Flatnet.Cli.Logs;

/// <summary>Picks the wanted lines out of one source's lines, in their order, each match with the lines around it.</summary>
internal sealed class LineSelector(LineSelection selection)
{
    private readonly LineFilter _view = selection.ViewFilter();
    private readonly LineFilter _match = selection.MatchFilter();
    private readonly LevelTracker _levels = new();
    private readonly Queue<LogLine> _before = new();
    private long _number;
    private int _after;

    /// <summary>Whether the line returned last is a match itself.</summary>
    public bool IsMatch { get; private set; }

    public async IAsyncEnumerable<LogLine> SelectAsync(IAsyncEnumerable<LogLine> lines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (LogLine line in lines.WithCancellation(cancellation).ConfigureAwait(false))
        {
            if (!IsInView(line))
            {
                continue;
            }

            LogLine numbered = line with { Number = ++_number };
            IsMatch = _match.IsMatch(line.Record);
            if (IsMatch)
            {
                IsMatch = false;
                while (_before.TryDequeue(out LogLine earlier))
                {
                    yield return earlier;
                }

                IsMatch = true;
                _after = selection.HasContext ? selection.After : 0;
                yield return numbered;
            }
            else if (_after > 0)
            {
                _after--;
                yield return numbered;
            }
            else if (selection.HasContext && selection.Before > 0)
            {
                if (_before.Count == selection.Before)
                {
                    _before.Dequeue();
                }

                _before.Enqueue(numbered.Kept());
            }
        }
    }

    private bool IsInView(in LogLine line)
    {
        if (!selection.Levels.IsEmpty)
        {
            // Every line is shown to the tracker: one that is not wanted may have a stack trace below it.
            LogLevel? level = _levels.Next(line.Text.Span, line.Timestamp ?? 0);
            if ((LineLevel.OfLabels(line) ?? level) is not { } known || !selection.Levels.Contains(known))
            {
                return false;
            }
        }

        return _view.IsMatch(line.Record);
    }
}
