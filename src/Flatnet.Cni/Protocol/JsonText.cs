using System.Text.Encodings.Web;
using System.Text.Json;

namespace Flatnet.Cni.Protocol;

/// <summary>How this plugin writes JSON: for programs and for eyes, never into a web page, so quotes need not be escaped twice.</summary>
internal static class JsonText
{
    public static JsonWriterOptions Options => new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
