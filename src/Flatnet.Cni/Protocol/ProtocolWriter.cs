using System.Buffers;
using System.Text.Json;

namespace Flatnet.Cni.Protocol;

/// <summary>Writes the two small documents of the protocol that are not results: the version list and the error object.</summary>
internal static class ProtocolWriter
{
    /// <summary>The answer to VERSION (spec, "VERSION: probe plugin version support").</summary>
    public static ReadOnlySpan<byte> Versions =>
        "{\"cniVersion\":\"1.1.0\",\"supportedVersions\":[\"0.1.0\",\"0.2.0\",\"0.3.0\",\"0.3.1\",\"0.4.0\",\"1.0.0\",\"1.1.0\"]}\n"u8;

    /// <summary>The error object (spec, "Error"), one line.</summary>
    public static ReadOnlyMemory<byte> Error(string cniVersion, CniException error)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("cniVersion"u8, cniVersion);
            writer.WriteNumber("code"u8, error.Code);
            writer.WriteString("msg"u8, error.Message);
            if (error.Details is not null)
            {
                writer.WriteString("details"u8, error.Details);
            }

            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }
}
