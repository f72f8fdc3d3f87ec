using System.Text;

namespace Flatnet.Settings;

/// <summary>A file that holds nothing but a secret.</summary>
internal static class SecretFile
{
    private const int MaxLength = 64 * 1024;

    /// <summary>The content, without the line end that editors put behind it.</summary>
    /// <exception cref="IOException">It cannot be read, is empty or too long.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] content = new byte[MaxLength + 1];
        int length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        if (length > MaxLength)
        {
            throw new IOException($"it has more than {MaxLength} bytes");
        }

        string text = Encoding.UTF8.GetString(content, 0, length);
        text = text.EndsWith('\n') ? text[..^1] : text;
        text = text.EndsWith('\r') ? text[..^1] : text;
        return text.Length > 0 ? text : throw new IOException("it is empty");
    }
}
