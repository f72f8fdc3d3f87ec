using System.Collections.Immutable;

namespace Flatnet.Cli.Doctor;

/// <summary>Examines, and cures if told to.</summary>
internal sealed class Examination(CheckRunner runner, ImmutableArray<ICheck> checks)
{
    public async Task<DoctorReport> RunAsync(bool fix, CancellationToken cancellation)
    {
        ImmutableArray<CheckReport> found = await runner.RunAsync(checks, cancellation);
        if (!fix)
        {
            return DoctorReport.Of(found, null);
        }

        var fixes = new List<FixReport>();
        foreach (CheckReport report in found)
        {
            if (report.Result.Fix is { } cure)
            {
                fixes.Add(await ApplyAsync(report.Check, cure, cancellation));
            }
        }

        ImmutableArray<CheckReport> after = await AgainAsync(found, fixes, cancellation);
        return DoctorReport.Of(after, [.. fixes]);
    }

    private static async Task<FixReport> ApplyAsync(ICheck check, IFix fix, CancellationToken cancellation)
    {
        try
        {
            return new FixReport(check, fix.Description, await fix.ApplyAsync(cancellation), null);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            return new FixReport(check, fix.Description, null, error.Message);
        }
    }

    // What was fixed is looked at again, so that the report shows how things are now.
    private async Task<ImmutableArray<CheckReport>> AgainAsync(ImmutableArray<CheckReport> found, List<FixReport> fixes, CancellationToken cancellation)
    {
        ICheck[] changed = [.. fixes.Where(fix => fix.Done is not null).Select(fix => fix.Check)];
        ImmutableArray<CheckReport> after = await runner.RunAsync(changed, cancellation);
        return [.. found.Select(before => after.FirstOrDefault(report => report.Check == before.Check) ?? before)];
    }
}
