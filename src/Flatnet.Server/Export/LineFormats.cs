namespace Flatnet.Server.Export;

/// <summary>The formats by name.</summary>
internal static class LineFormats
{
    public static ILineFormat Create(string name) => name switch
    {
        "ndjson" => new JsonFormat(isArray: false),
        "csv" => new CsvFormat(),
        "txt" => new TextFormat(),
        _ => new JsonFormat(isArray: true),
    };
}
