using System.CommandLine;
using Flatnet.Cli.Doctor.Probes;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Status;
using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Doctor;

/// <summary><c>flatnet doctor</c>.</summary>
internal static class DoctorCommand
{
    private static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TotalLimit = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Print only what is wrong; nothing at all if all is well." };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Tell what was found where all is well, too." };
        var fix = new Option<bool>("--fix") { Description = "Cure what can be cured without risk, and tell what was done." };
        var command = new Command("doctor", "Find out what is wrong on this machine, and how to cure it.") { json, quiet, verbose, fix };
        command.SetAction(async (context, arguments, cancellation) =>
        {
            bool isText = !arguments.GetValue(json) && !arguments.GetValue(quiet);
            if (isText)
            {
                DoctorText.WriteHeading(context.Out);
                await context.Out.FlushAsync(cancellation);
            }

            using ProgressNote note = context.ShowProgress("examining this machine");
            DoctorReport report = await ExamineAsync(context, arguments.GetValue(fix), cancellation);
            if (arguments.GetValue(json))
            {
                DoctorJson.Write(context.Out, report);
            }
            else if (isText)
            {
                DoctorText.Write(context.Out, report, arguments.GetValue(verbose), context.Terminal.Color);
            }
            else
            {
                DoctorText.WriteQuiet(context.Out, report);
            }

            return report.ExitCode;
        });
        return command;
    }

    private static async Task<DoctorReport> ExamineAsync(CommandContext command, bool fix, CancellationToken cancellation)
    {
        using var http = new HttpProbe();
        using var logs = new LokiLogStore(command.Settings);
        await using var context = new DoctorContext(command, cancellation) { Http = http, Logs = logs };
        return await new Examination(new CheckRunner(context, CheckLimit, TotalLimit), CheckList.All).RunAsync(fix, cancellation);
    }
}
