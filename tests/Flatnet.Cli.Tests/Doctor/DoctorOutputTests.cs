using System.Collections.Immutable;
using Flatnet.Cli.Doctor;

namespace Flatnet.Cli.Tests.Doctor;

public sealed class DoctorOutputTests
{
    private static readonly FakeCheck Bridge = new("CNI Plugin", "Bridge exists", CheckResult.Pass("flatnet-br0 is up"));

    private static readonly DoctorReport Mixed = Report(
        null,
        new FakeCheck("Gateway", "HTTP responding", CheckResult.Fail("Gateway does not answer", "Start it")),
        Bridge,
        new FakeCheck("CNI Plugin", "Addresses left", CheckResult.Warning("nearly\u001b[2J full", "Remove some") with { Details = ["a table"] }));

    private static readonly DoctorReport Clean = Report(null, Bridge);

    [Fact]
    public void Text_shows_names_of_what_passes_and_messages_of_what_does_not()
    {
        Assert.Equal(
            """

            Gateway
              [✗] Gateway does not answer
                  -> Start it

            CNI Plugin
              [✓] Bridge exists
              [!] nearly[2J full
                  a table
                  -> Remove some

            ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
            Summary: 1 passed, 1 warnings, 1 failed

            """,
            Text(Mixed));
    }

    [Fact]
    public void Text_is_headed_at_once()
    {
        var output = new StringWriter();
        DoctorText.WriteHeading(output);

        Assert.Equal("Running system diagnostics...\n", output.ToString());
    }

    [Fact]
    public void Verbose_text_shows_the_messages_of_what_passes()
    {
        Assert.Equal(
            """

            CNI Plugin
              [✓] flatnet-br0 is up

            ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
            Summary: 1 passed, 0 warnings, 0 failed

            """,
            Text(Clean, verbose: true));
    }

    [Fact]
    public void Coloured_text_has_coloured_signs_and_real_arrows()
    {
        string text = Text(Mixed, color: true);

        Assert.Contains("  [\e[31m✗\e[0m] Gateway does not answer\n      → Start it\n", text, StringComparison.Ordinal);
        Assert.Contains("  [\e[32m✓\e[0m] Bridge exists\n", text, StringComparison.Ordinal);
        Assert.Contains("  [\e[33m!\e[0m] nearly", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Fixes_are_told()
    {
        string text = Text(Report([new FixReport(Bridge, "mend it", "mended it", null), new FixReport(Bridge, "mend that", null, "no permission")], Bridge));

        Assert.Contains("\nFixes\n  [✓] mended it\n  [✗] could not mend that: no permission\n\n━", text, StringComparison.Ordinal);
        Assert.Contains("\nFixes\n  Nothing that can be fixed without risk.\n\n━", Text(Report([], Bridge)), StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_shows_only_what_is_wrong()
    {
        Assert.Equal(
            """
            [FAIL] Gateway/HTTP responding: Gateway does not answer
              -> Start it
            [WARN] CNI Plugin/Addresses left: nearly[2J full
              -> Remove some

            """,
            Quiet(Mixed));
    }

    [Fact]
    public void Quiet_says_nothing_when_all_is_well()
    {
        Assert.Equal("", Quiet(Clean));
    }

    [Fact]
    public void Quiet_still_tells_what_was_changed()
    {
        Assert.Equal(
            "[FIXED] mended it\n[FAIL] could not mend that: no permission\n",
            Quiet(Report([new FixReport(Bridge, "mend it", "mended it", null), new FixReport(Bridge, "mend that", null, "no permission")], Bridge)));
    }

    [Fact]
    public void Json_has_lower_case_states_and_always_a_suggestion()
    {
        Assert.Equal(
            """
            {
              "checks": [
                {
                  "category": "Gateway",
                  "name": "HTTP responding",
                  "status": "fail",
                  "message": "Gateway does not answer",
                  "suggestion": "Start it",
                  "duration_ms": 12
                },
                {
                  "category": "CNI Plugin",
                  "name": "Bridge exists",
                  "status": "pass",
                  "message": "flatnet-br0 is up",
                  "suggestion": null,
                  "duration_ms": 12
                },
                {
                  "category": "CNI Plugin",
                  "name": "Addresses left",
                  "status": "warning",
                  "message": "nearly\u001B[2J full",
                  "suggestion": "Remove some",
                  "duration_ms": 12
                }
              ],
              "summary": {
                "passed": 1,
                "warnings": 1,
                "failed": 1,
                "exit_code": 2
              }
            }

            """,
            Json(Mixed));
    }

    [Fact]
    public void Json_has_the_fixes_when_they_were_asked_for()
    {
        Assert.DoesNotContain("fixes", Json(Clean), StringComparison.Ordinal);
        Assert.Contains(
            """
              "fixes": [
                {
                  "category": "CNI Plugin",
                  "name": "Bridge exists",
                  "description": "mend it",
                  "done": "mended it",
                  "problem": null
                }
              ],
            """,
            Json(Report([new FixReport(Bridge, "mend it", "mended it", null)], Bridge)),
            StringComparison.Ordinal);
    }

    private static DoctorReport Report(ImmutableArray<FixReport>? fixes, params FakeCheck[] checks) => DoctorReport.Of(
        checks.Select(check => new CheckReport(check, check.RunAsync(null!, default).Result, TimeSpan.FromMilliseconds(12.7))), fixes);

    private static string Text(DoctorReport report, bool verbose = false, bool color = false)
    {
        var output = new StringWriter();
        DoctorText.Write(output, report, verbose, color);
        return output.ToString();
    }

    private static string Quiet(DoctorReport report)
    {
        var output = new StringWriter();
        DoctorText.WriteQuiet(output, report);
        return output.ToString();
    }

    private static string Json(DoctorReport report)
    {
        var output = new StringWriter();
        DoctorJson.Write(output, report);
        return output.ToString();
    }
}
