using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Flatnet.Logs.Redaction;

/// <summary>
/// Filters the lines of one stream, in order, and masks the secrets in them, also such as go over several lines. What it has
/// masked once it leaves as it is: the agent does it before anything leaves the machine, and the server does it again.
/// </summary>
public sealed class LineRedactor(LogFilter filter)
{
    /// <summary>What stands where a secret was.</summary>
    public const string Mark = Masking.Mark;

    // Masking may make text that reads like another secret, and cutting may, too. It ends almost always with the second look.
    private const int MostPasses = 8;

    private readonly SourceState[] _states = new SourceState[(int)LogSource.Agent + 1];
    private readonly MetadataRedactor _metadata = new(filter);
    private char[] _characters = [];

    /// <summary>The entry as it may be shown, the same object if nothing was to be done; null when it is left out.</summary>
    public LogEntry? Redact(LogEntry entry)
    {
        ref SourceState state = ref _states[(int)entry.Source];
        bool isKept = filter.Includes(entry.Message);
        bool isPlain = !state.Key.IsOpen && !state.SecretGoesOn && !Secrets.MayBeIn(entry.Message);
        string message = isPlain ? entry.Message : MaskOverLines(entry, ref state);
        bool isCut = false;
        if (!isKept || (filter.DropsExcluded && filter.Excludes(entry.Message)))
        {
            return null;
        }

        string? settled = isPlain && !filter.HasExcludes && IsShort(message) ? message : Settle(message, out isCut);
        if (settled is null)
        {
            return null;
        }

        string? metadata = _metadata.Redact(entry.Metadata);
        return settled == entry.Message && metadata == entry.Metadata ? entry : entry with
        {
            Message = settled,
            Metadata = metadata,
            OriginalLength = isCut && entry.OriginalLength == 0 ? Encoding.UTF8.GetByteCount(entry.Message) : entry.OriginalLength,
        };
    }

    /// <summary>
    /// Whether <see cref="Redact"/> would leave a line without metadata as it is, which is so with most of them and found out
    /// without a copy. False also for what is not UTF-8.
    /// </summary>
    /// <param name="source">Where the line came from.</param>
    /// <param name="message">The line; if it is left alone, it counts as redacted.</param>
    public bool LeavesAlone(LogSource source, ReadOnlySpan<byte> message)
    {
        ref SourceState state = ref _states[(int)source];
        if (!filter.IsPlain || message.Length > filter.MaxMessageLength || state.Key.IsOpen || state.SecretGoesOn)
        {
            return false;
        }

        if (_characters.Length < message.Length)
        {
            _characters = new char[Math.Max(message.Length, 2 * _characters.Length)];
        }

        return Utf8.ToUtf16(message, _characters, out _, out int length, replaceInvalidSequences: false) == OperationStatus.Done
            && !Secrets.MayBeIn(_characters.AsSpan(0, length));
    }

    // Parts that belong to the line before come first, while the line is as it was read.
    private static string MaskOverLines(LogEntry entry, ref SourceState state)
    {
        bool wentOn = state.SecretGoesOn && entry.Replaces == 0;
        string message = state.Key.Mask(wentOn ? Mark : entry.Message);
        message = Secrets.Mask(message, out bool reachesEnd);
        state.SecretGoesOn = entry.IsPartial && (wentOn || reachesEnd);
        return message;
    }

    /// <summary>Masks and cuts until nothing changes any more, which is what makes a second redactor leave the line alone; null to leave it out.</summary>
    private string? Settle(string message, out bool isCut)
    {
        isCut = false;
        for (int pass = 0; pass < MostPasses; pass++)
        {
            string next = message;
            if (filter.DropsExcluded)
            {
                if (filter.Excludes(message))
                {
                    return null;
                }
            }
            else if (filter.HasExcludes)
            {
                next = filter.MaskExcluded(message);
            }

            next = Secrets.Mask(next, out _);
            if (!IsShort(next))
            {
                isCut = true;
                next = Cut(next);
            }

            if (next == message)
            {
                return message;
            }

            message = next;
        }

        return Mark;
    }

    // A character has at most three bytes for each UTF-16 unit.
    private bool IsShort(string text) => text.Length <= filter.MaxMessageLength / 3 || Encoding.UTF8.GetByteCount(text) <= filter.MaxMessageLength;

    private string Cut(string text)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(filter.MaxMessageLength);
        Utf8.FromUtf16(text, buffer.AsSpan(0, filter.MaxMessageLength), out int length, out _);
        ArrayPool<byte>.Shared.Return(buffer);
        int mark = Masking.StartOfMarkAround(text, length);
        return text[..(mark < 0 ? length : mark)];
    }

    private struct SourceState
    {
        public PrivateKeyBlock Key;

        /// <summary>The last entry was a part of a line and ended inside a secret.</summary>
        public bool SecretGoesOn;
    }
}
