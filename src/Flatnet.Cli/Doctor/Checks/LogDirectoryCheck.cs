namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether the plugin has a place for its own log.</summary>
internal sealed class LogDirectoryCheck : ICheck
{
    private const string LogDirectory = "/var/log/flatnet";

    public string Category => "Logs";

    public string Name => "Log directory";

    public Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation) => Task.FromResult(
        Directory.Exists(context.Command.Root + LogDirectory)
            ? CheckResult.Pass($"{LogDirectory} is there")
            : CheckResult.Warning($"{LogDirectory} does not exist: what the plugin does is not kept", $"sudo mkdir -p -m 755 {LogDirectory}") with
            {
                Fix = new CreateLogDirectory(context),
            });

    private sealed class CreateLogDirectory(DoctorContext context) : IFix
    {
        public string Description => $"create {LogDirectory}";

        public Task<string> ApplyAsync(CancellationToken cancellation)
        {
            Directory.CreateDirectory(context.Command.Root + LogDirectory);
            return Task.FromResult($"created {LogDirectory}");
        }
    }
}
