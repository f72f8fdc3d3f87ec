using System.Collections.Immutable;
using System.Text;

namespace Flatnet.Loki.Reading;

/// <summary>
/// Gives equal label sets the same instance, and a stream the same number whichever way its lines come.
/// </summary>
/// <remarks>
/// By default Loki mixes what is attached to a line (structured metadata, the detected level) into the labels of a query's
/// answer, but not into those of a tail: the same line seems to come from two streams. Asked for categorised labels it keeps
/// them apart; from a Loki that cannot, the detected level is left out of the comparison.
/// </remarks>
internal sealed class StreamTable
{
    private const int MostLabelSets = 10_000;
    private const string DetectedLevel = "detected_level";

    private readonly Dictionary<string, int> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StreamLabels> _labels = new(StringComparer.Ordinal);
    private readonly StringBuilder _key = new();

    /// <summary>The instance for these labels.</summary>
    /// <param name="stream">The labels of the stream; sorted here.</param>
    /// <param name="attached">What is attached to the line; null where the answer does not keep it apart.</param>
    public StreamLabels Get(List<KeyValuePair<string, string>> stream, List<KeyValuePair<string, string>>? attached)
    {
        Append(stream, leaveOut: null);
        if (attached is not null)
        {
            _key.Append('\u0001');
            Append(attached, leaveOut: null);
        }

        var key = TakeKey();
        if (_labels.TryGetValue(key, out var known))
        {
            return known;
        }

        Append(stream, leaveOut: attached is null ? DetectedLevel : null);
        var streamKey = TakeKey();
        if (!_streams.TryGetValue(streamKey, out var number))
        {
            number = _streams.Count;
            _streams.Add(streamKey, number);
        }

        // Attached values may differ on every line, for days.
        if (_labels.Count >= MostLabelSets)
        {
            _labels.Clear();
        }

        var builder = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in attached is null ? stream : attached.Concat(stream))
        {
            builder[name] = value;
        }

        return _labels[key] = new StreamLabels(number, builder.ToImmutable());
    }

    private void Append(List<KeyValuePair<string, string>> labels, string? leaveOut)
    {
        labels.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        foreach (var (name, value) in labels)
        {
            if (name != leaveOut)
            {
                _key.Append(name).Append('\0').Append(value).Append('\0');
            }
        }
    }

    private string TakeKey()
    {
        var key = _key.ToString();
        _key.Clear();
        return key;
    }
}
