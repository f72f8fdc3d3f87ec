namespace Flatnet.Ipam;

/// <summary>Walks over text of a known layout. After a method has failed the position means nothing, except after
/// <see cref="Skip"/>.</summary>
internal ref struct LineScanner(ReadOnlySpan<byte> json, int position)
{
    // Fewer than Int64 has, so that no sum can overflow; enough for milliseconds until the year 30,000.
    private const int MostDigits = 15;

    private readonly ReadOnlySpan<byte> _json = json;

    internal int Position { get; private set; } = position;

    internal readonly bool IsAtEnd => Position == _json.Length;

    internal bool Skip(ReadOnlySpan<byte> literal)
    {
        bool found = _json[Position..].StartsWith(literal);
        Position += found ? literal.Length : 0;
        return found;
    }

    /// <summary>The rest of a string whose opening quote was skipped, and its closing quote. Escapes are not for this
    /// reader.</summary>
    internal bool Text(out Slice text)
    {
        ReadOnlySpan<byte> rest = _json[Position..];
        int end = rest.IndexOfAny((byte)'"', (byte)'\\');
        text = new Slice(Position, Math.Max(end, 0));
        if (end < 0 || rest[end] != '"')
        {
            return false;
        }

        Position += end + 1;
        return true;
    }

    /// <summary>Whether no control characters, which JSON does not allow in strings, stand between there and here.</summary>
    internal readonly bool IsPrintableSince(int start) => _json[start..Position].IndexOfAnyInRange((byte)0, (byte)0x1f) < 0;

    /// <summary>A member that may be missing; false only when it is there and cannot be read.</summary>
    internal bool OptionalText(ReadOnlySpan<byte> key, out Slice text)
    {
        text = default;
        return !Skip(key) || Text(out text);
    }

    /// <summary>One or more addresses and the closing bracket; the opening one was skipped.</summary>
    internal bool Addresses(out IpValue first, out IpValue[]? others)
    {
        others = null;
        if (!Address(out first))
        {
            return false;
        }

        while (Skip(","u8))
        {
            if (!Address(out IpValue other))
            {
                return false;
            }

            others = [.. others ?? [], other];
        }

        return Skip("]"u8);
    }

    internal bool Number(out long number)
    {
        number = 0;
        int index = Position;
        while (index < _json.Length && char.IsAsciiDigit((char)_json[index]) && index - Position <= MostDigits)
        {
            number = (number * 10) + (_json[index++] - '0');
        }

        int digits = index - Position;
        if (digits is 0 or > MostDigits || (digits > 1 && _json[Position] == '0'))
        {
            return false;
        }

        Position = index;
        return true;
    }

    private bool Address(out IpValue address)
    {
        address = default;
        return Skip("\""u8) && Text(out Slice text) && IpAddressText.TryParse(_json.Slice(text.Start, text.Length), out address);
    }
}
