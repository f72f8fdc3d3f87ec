using System.Diagnostics;
using System.Globalization;
using Flatnet.Bench.Rivals;

namespace Flatnet.Bench.Measuring;

/// <summary>
/// Has programs run and timed by the small C program of that name. This process would be a poor parent for a child of a millisecond.
/// </summary>
internal sealed class Stopwatch(string program)
{
    /// <summary>Runs the steps one after the other. Throws when one does not succeed: a failed run has no time worth having.</summary>
    public Sample[] Run(IReadOnlyList<Step> steps) => Run(steps, together: false);

    /// <summary>Starts all steps at once and waits for the last.</summary>
    public Sample[] RunTogether(IReadOnlyList<Step> steps) => Run(steps, together: true);

    public Sample Run(Step step) => Run([step])[0];

    private Sample[] Run(IReadOnlyList<Step> steps, bool together)
    {
        using var process = Process.Start(new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true })
            ?? throw new BenchException($"cannot start {program}");
        for (var i = 0; i < steps.Count; i++)
        {
            process.StandardInput.Write((together && i > 0 ? "+" : "") + steps[i].ToPlanLine() + "\n");
        }

        process.StandardInput.Close();
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        if (process.ExitCode != 0 || lines.Length != steps.Count)
        {
            throw new BenchException($"the stopwatch ended with status {process.ExitCode} after {lines.Length} of {steps.Count} programs");
        }

        var samples = new Sample[steps.Count];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = Parse(lines[i]);
            if (samples[i].Status != 0)
            {
                throw new BenchException($"exit status {samples[i].Status} from: {steps[i]}\n"
                    + $"stdin: {Tool.ReadText(steps[i].Input)}\nstdout: {Tool.ReadText(steps[i].Output)}\n"
                    + $"stderr: {Tool.ReadText(steps[i].Output + ".err")}");
            }
        }

        return samples;
    }

    private static Sample Parse(string line)
    {
        var fields = line.Split(' ');
        long Field(int index) => long.Parse(fields[index], CultureInfo.InvariantCulture);
        return new Sample(Field(0), Field(1), (int)Field(2), Field(3));
    }
}
