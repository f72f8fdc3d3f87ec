using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Flatnet.Logs.Redaction;

/// <summary>Masks the secrets in an entry's metadata. The lines of a stream mostly have the same, so the last answer is kept.</summary>
internal sealed class MetadataRedactor(LogFilter filter)
{
    private string? _last;
    private string? _answer;

    /// <summary>The metadata without secrets; null for none, and for what is no JSON object.</summary>
    public string? Redact(string? metadata)
    {
        if (metadata is null)
        {
            return null;
        }

        // An escape may hide a letter of a name.
        if (!filter.HasExcludes && !metadata.Contains('\\') && !Secrets.MayBeIn(metadata))
        {
            return metadata;
        }

        if (metadata != _last)
        {
            _answer = Rewrite(metadata);
            _last = metadata;
        }

        return _answer;
    }

    private string? Rewrite(string metadata)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(metadata));
        var buffer = new ArrayBufferWriter<byte>(metadata.Length);
        using var writer = new Utf8JsonWriter(buffer);
        bool isChanged = false;
        try
        {
            while (reader.Read())
            {
                isChanged |= Copy(ref reader, writer);
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // No JSON, or half a surrogate pair: what cannot be read cannot be looked through.
            return null;
        }

        writer.Flush();
        return isChanged ? Encoding.UTF8.GetString(buffer.WrittenSpan) : metadata;
    }

    // One token; true when it was changed.
    private bool Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                return false;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                return false;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                return false;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                return false;
            case JsonTokenType.PropertyName:
                string name = reader.GetString()!;
                writer.WritePropertyName(name);
                return SecretKeys.IsSecret(name) && MaskValue(ref reader, writer);
            case JsonTokenType.String:
                string text = reader.GetString()!;
                string masked = Mask(text);
                writer.WriteStringValue(masked);
                return masked != text;
            default:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                return false;
        }
    }

    private static bool MaskValue(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        reader.Read();
        bool isMasked = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(Masking.Mark);
        reader.Skip();
        writer.WriteStringValue(Masking.Mark);
        return !isMasked;
    }

    private string Mask(string text)
    {
        string masked = Secrets.Mask(filter.MaskExcluded(new PrivateKeyBlock().Mask(text)), out _);
        // What still changes would change again at the server.
        return masked == text || (filter.MaskExcluded(masked) == masked && Secrets.Mask(masked, out _) == masked) ? masked : Masking.Mark;
    }
}
