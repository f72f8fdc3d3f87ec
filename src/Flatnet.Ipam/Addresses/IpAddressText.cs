using System.Net;

namespace Flatnet.Ipam;

/// <summary>Reads addresses strictly. <see cref="IPAddress.TryParse(string, out IPAddress)"/> also accepts <c>10.1</c>,
/// octal and hexadecimal parts, scope ids and brackets, none of which mean the same to every reader.</summary>
public static class IpAddressText
{
    private const int LongestText = 45;

    /// <summary>IPv4 as four decimal parts without leading zeros, or IPv6 (RFC 4291, 2.2) without scope id or brackets.
    /// A v4-mapped IPv6 address becomes the IPv4 address it stands for.</summary>
    public static bool TryParse(string? text, out IPAddress address)
    {
        if (text is not null && TryParse(text.AsSpan(), out IpValue value))
        {
            address = value.ToAddress();
            return true;
        }

        address = IPAddress.None;
        return false;
    }

    internal static bool TryParse(ReadOnlySpan<char> text, out IpValue value)
    {
        Span<byte> ascii = stackalloc byte[LongestText];
        value = default;
        if (text.Length > LongestText)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsAscii(text[i]))
            {
                return false;
            }

            ascii[i] = (byte)text[i];
        }

        return TryParse(ascii[..text.Length], out value);
    }

    internal static bool TryParse(ReadOnlySpan<byte> ascii, out IpValue value)
    {
        if (TryParseIPv4(ascii, out uint bits))
        {
            value = IpValue.FromIPv4(bits);
            return true;
        }

        return TryParseIPv6(ascii, out value);
    }

    private static bool TryParseIPv4(ReadOnlySpan<byte> ascii, out uint bits)
    {
        bits = 0;
        int index = 0;
        for (int part = 0; part < 4; part++)
        {
            if (part > 0)
            {
                if (index >= ascii.Length || ascii[index] != '.')
                {
                    return false;
                }

                index++;
            }

            int start = index;
            uint octet = 0;
            while (index < ascii.Length && index - start < 3 && char.IsAsciiDigit((char)ascii[index]))
            {
                octet = (octet * 10) + (uint)(ascii[index] - '0');
                index++;
            }

            bool leadingZero = index - start > 1 && ascii[start] == '0';
            if (index == start || octet > 255 || leadingZero)
            {
                return false;
            }

            bits = (bits << 8) | octet;
        }

        return index == ascii.Length;
    }

    private static bool TryParseIPv6(ReadOnlySpan<byte> ascii, out IpValue value)
    {
        value = default;
        if (ascii.Length is < 2 or > LongestText)
        {
            return false;
        }

        Span<char> text = stackalloc char[LongestText];
        for (int i = 0; i < ascii.Length; i++)
        {
            char c = (char)ascii[i];
            if (!char.IsAsciiHexDigit(c) && c != ':' && c != '.')
            {
                return false;
            }

            text[i] = c;
        }

        int dot = ascii.IndexOf((byte)'.');
        if (dot >= 0 && !TryParseIPv4(ascii[(ascii[..dot].LastIndexOf((byte)':') + 1)..], out _))
        {
            return false;
        }

        if (ascii.IndexOf((byte)':') < 0 || !IPAddress.TryParse(text[..ascii.Length], out IPAddress? address))
        {
            return false;
        }

        value = IpValue.From(address);
        return true;
    }
}
