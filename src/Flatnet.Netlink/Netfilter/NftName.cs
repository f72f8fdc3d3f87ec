using System.Text;
using Flatnet.Interop;

namespace Flatnet.Netlink.Netfilter;

/// <summary>Names of tables and chains: 1 to 255 bytes. nft(8) can list only what begins with a letter and goes on with
/// letters, digits, and <c>/ \ _ . -</c>, so nothing else is created.</summary>
internal static class NftName
{
    /// <exception cref="ArgumentException">The name is none nft(8) could list.</exception>
    internal static string Require(string? name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        bool isValid = char.IsAsciiLetter(name[0]) && Encoding.UTF8.GetByteCount(name) < NfTablesConstants.NFT_NAME_MAXLEN;
        foreach (char character in name)
        {
            isValid &= char.IsAsciiLetterOrDigit(character) || character is '/' or '\\' or '_' or '.' or '-';
        }

        return isValid ? name : throw new ArgumentException("\"" + name + "\" is no name for a table or chain", nameof(name));
    }
}
