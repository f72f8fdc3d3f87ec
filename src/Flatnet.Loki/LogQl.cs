namespace Flatnet.Loki;

/// <summary>Builds log queries; user text never reaches Loki unquoted.</summary>
public static class LogQl
{
    /// <summary>Text as a double-quoted Go string.</summary>
    /// <exception cref="ArgumentException">It holds half a surrogate pair.</exception>
    public static string Quote(string text) => throw new NotImplementedException();
}
