using System.Globalization;

namespace Flatnet.Netlink;

/// <summary>An Ethernet address: six bytes.</summary>
public readonly record struct MacAddress
{
    /// <summary>Bytes of an Ethernet address (ETH_ALEN).</summary>
    public const int Length = 6;

    private const ulong MulticastBit = 1UL << 40;

    private readonly ulong _bits;

    private MacAddress(ulong bits) => _bits = bits;

    /// <summary>True for group addresses, which no interface may have: the lowest bit of the first byte is set.</summary>
    public bool IsMulticast => (_bits & MulticastBit) != 0;

    /// <summary>True for 00:00:00:00:00:00, which no interface may have.</summary>
    public bool IsZero => _bits == 0;

    /// <summary>Reads six pairs of hexadecimal digits separated by colons or by hyphens, never both.</summary>
    public static bool TryParse(string? text, out MacAddress mac)
    {
        mac = default;
        if (text is null || text.Length != (Length * 3) - 1)
        {
            return false;
        }

        char separator = text[2];
        if (separator is not (':' or '-'))
        {
            return false;
        }

        ulong bits = 0;
        for (int index = 0; index < Length; index++)
        {
            int start = index * 3;
            if (index > 0 && text[start - 1] != separator)
            {
                return false;
            }

            if (!byte.TryParse(text.AsSpan(start, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                return false;
            }

            bits = (bits << 8) | value;
        }

        mac = new MacAddress(bits);
        return true;
    }

    /// <summary>The address made of six bytes.</summary>
    /// <exception cref="ArgumentException">There are not exactly six.</exception>
    public static MacAddress FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException("an Ethernet address has 6 bytes, not " + bytes.Length.ToString(CultureInfo.InvariantCulture), nameof(bytes));
        }

        ulong bits = 0;
        foreach (byte value in bytes)
        {
            bits = (bits << 8) | value;
        }

        return new MacAddress(bits);
    }

    /// <summary>Writes the six bytes at the start of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than six bytes.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (destination.Length < Length)
        {
            throw new ArgumentException("an Ethernet address needs 6 bytes", nameof(destination));
        }

        for (int index = 0; index < Length; index++)
        {
            destination[index] = (byte)(_bits >> (8 * (Length - 1 - index)));
        }
    }

    /// <summary>Lower-case digits with colons: <c>02:42:0a:57:01:0a</c>.</summary>
    public override string ToString()
    {
        const string Digits = "0123456789abcdef";
        Span<char> text = stackalloc char[(Length * 3) - 1];
        for (int index = 0; index < Length; index++)
        {
            int value = (byte)(_bits >> (8 * (Length - 1 - index)));
            text[index * 3] = Digits[value >> 4];
            text[(index * 3) + 1] = Digits[value & 0xf];
            if (index < Length - 1)
            {
                text[(index * 3) + 2] = ':';
            }
        }

        return new string(text);
    }
}
