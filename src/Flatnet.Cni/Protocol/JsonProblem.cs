using System.Globalization;
using System.Text.Json;

namespace Flatnet.Cni.Protocol;

/// <summary>Says where a text stops being JSON. The exception's own message is a resource key in a trimmed executable.</summary>
internal static class JsonProblem
{
    /// <summary>The place, counted from 1 as editors do; a text that ends too early has its problem at its end.</summary>
    public static string Describe(JsonException error) => error.LineNumber is { } line
        ? string.Create(CultureInfo.InvariantCulture, $"not valid JSON at line {line + 1}, byte {error.BytePositionInLine + 1 ?? 1}")
        : error.Message;
}
