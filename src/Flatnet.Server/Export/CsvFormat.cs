using System.Buffers;
using System.Globalization;
using System.Text;
using Flatnet.Logs;
using Flatnet.Logs.Times;

namespace Flatnet.Server.Export;

/// <summary>A table as RFC 4180 has it. A cell that a spreadsheet would take for a formula begins with an apostrophe.</summary>
internal sealed class CsvFormat : ILineFormat
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    public string MediaType => "text/csv; charset=utf-8";

    public string Extension => "csv";

    public void Begin(IBufferWriter<byte> output) => output.Write("seq,timestamp,source,level,lineNumber,message,metadata\r\n"u8);

    public void Write(IBufferWriter<byte> output, string taskId, LogEntry entry)
    {
        string number = entry.LineNumber?.ToString(CultureInfo.InvariantCulture) ?? "";
        Encoding.UTF8.GetBytes(
            $"{entry.Seq},{Rfc3339.Format(entry.Timestamp)},{entry.Source.Name()},{entry.Level.Name()},{number},{Cell(entry.Message)},{Cell(entry.Metadata ?? "")}\r\n",
            output);
    }

    public void End(IBufferWriter<byte> output)
    {
    }

    public void Dispose()
    {
    }

    private static string Cell(string text)
    {
        string safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
        return safe.AsSpan().ContainsAny(Special) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
