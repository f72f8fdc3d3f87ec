using System.Text;

namespace Flatnet.Netlink.Netfilter;

/// <summary>A comment in NFTA_RULE_USERDATA as libnftnl writes it: type (0), length with the NUL, text, NUL. The kernel stores
/// the bytes and never looks at them.</summary>
internal static class NftComment
{
    /// <summary>Longest text in bytes that nft(8) accepts back.</summary>
    internal const int MaximumLength = 127;

    private const byte CommentType = 0;

    /// <exception cref="ArgumentException">The comment is too long.</exception>
    internal static byte[] Encode(string comment)
    {
        int length = Encoding.UTF8.GetByteCount(comment);
        if (length > MaximumLength || comment.Contains('\0') || comment.Contains('"'))
        {
            throw new ArgumentException("a rule's comment has at most 127 bytes and no quotation marks", nameof(comment));
        }

        var data = new byte[length + 3];
        data[0] = CommentType;
        data[1] = (byte)(length + 1);
        Encoding.UTF8.GetBytes(comment, data.AsSpan(2));
        return data;
    }

    /// <summary>Null when there is no comment. Anybody's rules are read, so nothing here is an error.</summary>
    internal static string? Decode(ReadOnlySpan<byte> data)
    {
        while (data.Length >= 2)
        {
            byte type = data[0];
            int length = data[1];
            data = data[2..];
            if (length > data.Length)
            {
                return null;
            }

            if (type == CommentType)
            {
                ReadOnlySpan<byte> text = data[..length];
                int end = text.IndexOf((byte)0);
                return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
            }

            data = data[length..];
        }

        return null;
    }
}
