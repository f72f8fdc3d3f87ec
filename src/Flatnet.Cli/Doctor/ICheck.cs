namespace Flatnet.Cli.Doctor;

/// <summary>One thing to look at. Checks know nothing of each other; an exception is a failure of this one alone.</summary>
internal interface ICheck
{
    /// <summary>The heading it is shown under.</summary>
    public string Category { get; }

    /// <summary>What it looks at; unique within the category.</summary>
    public string Name { get; }

    public Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation);
}
