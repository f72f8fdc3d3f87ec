using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatnet.Logs.Wire;

/// <summary>The messages as JSON; log entries have <see cref="LogEntryJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuthMessage))]
[JsonSerializable(typeof(SubscribeMessage))]
[JsonSerializable(typeof(UnsubscribeMessage))]
[JsonSerializable(typeof(ResumeMessage))]
[JsonSerializable(typeof(StatusMessage))]
[JsonSerializable(typeof(PingMessage))]
[JsonSerializable(typeof(PongMessage))]
[JsonSerializable(typeof(AuthOkMessage))]
[JsonSerializable(typeof(SubscribedMessage))]
[JsonSerializable(typeof(UnsubscribedMessage))]
[JsonSerializable(typeof(AckMessage))]
[JsonSerializable(typeof(ConfigMessage))]
[JsonSerializable(typeof(ThrottleMessage))]
[JsonSerializable(typeof(ErrorMessage))]
[JsonSerializable(typeof(GapMessage))]
[JsonSerializable(typeof(TruncatedMessage))]
[JsonSerializable(typeof(EndMessage))]
[JsonSerializable(typeof(TaskStatusMessage))]
public sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>The name in a message's <c>type</c>, wherever in the object it stands; null without one.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static string? TypeOf(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType)
            {
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }

            reader.Skip();
        }

        return null;
    }
}
