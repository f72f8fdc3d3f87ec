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
        var json = new JsonText();
        json.BeginObject();
        json.Property("cniVersion", cniVersion);
        json.Property("code", error.Code);
        json.Property("msg", error.Message);
        json.Property("details", error.Details);
        json.EndObject();
        json.EndLine();
        return json.Written;
    }
}
