using System.Text.Encodings.Web;
using System.Text.Json;

namespace Flatnet.Server.Errors;

/// <summary>How the server writes JSON.</summary>
internal static class JsonText
{
    /// <summary>Only what JSON asks for is escaped: the answers are never part of a HTML page. The writers' calls are few and tested, so they are not checked again for each line.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
}
