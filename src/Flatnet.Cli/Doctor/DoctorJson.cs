using System.Text.Json;
using Flatnet.Cli.Json;

namespace Flatnet.Cli.Doctor;

/// <summary>The report for programs.</summary>
internal static class DoctorJson
{
    public static void Write(TextWriter output, DoctorReport report) => JsonOutput.Write(output, writer =>
    {
        writer.WriteStartArray("checks");
        foreach (CheckReport check in report.Checks)
        {
            WriteCheck(writer, check);
        }

        writer.WriteEndArray();
        if (report.Fixes is { } fixes)
        {
            writer.WriteStartArray("fixes");
            foreach (FixReport fix in fixes)
            {
                WriteFix(writer, fix);
            }

            writer.WriteEndArray();
        }

        writer.WriteStartObject("summary");
        writer.WriteNumber("passed", report.Count(CheckStatus.Pass));
        writer.WriteNumber("warnings", report.Count(CheckStatus.Warning));
        writer.WriteNumber("failed", report.Count(CheckStatus.Fail));
        writer.WriteNumber("exit_code", report.ExitCode);
        writer.WriteEndObject();
    });

    private static void WriteCheck(Utf8JsonWriter writer, CheckReport check)
    {
        writer.WriteStartObject();
        writer.WriteString("category", check.Check.Category);
        writer.WriteString("name", check.Check.Name);
        writer.WriteString("status", check.Status switch
        {
            CheckStatus.Pass => "pass",
            CheckStatus.Warning => "warning",
            _ => "fail",
        });
        writer.WriteString("message", check.Result.Message);
        writer.WriteString("suggestion", check.Result.Suggestion);
        writer.WriteNumber("duration_ms", (long)check.Duration.TotalMilliseconds);
        writer.WriteEndObject();
    }

    private static void WriteFix(Utf8JsonWriter writer, FixReport fix)
    {
        writer.WriteStartObject();
        writer.WriteString("category", fix.Check.Category);
        writer.WriteString("name", fix.Check.Name);
        writer.WriteString("description", fix.Description);
        writer.WriteString("done", fix.Done);
        writer.WriteString("problem", fix.Problem);
        writer.WriteEndObject();
    }
}
