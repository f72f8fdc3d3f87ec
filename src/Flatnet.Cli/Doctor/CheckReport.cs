namespace Flatnet.Cli.Doctor;

/// <summary>A check that has been run.</summary>
internal sealed record CheckReport(ICheck Check, CheckResult Result, TimeSpan Duration)
{
    public CheckStatus Status => Result.Status;
}
