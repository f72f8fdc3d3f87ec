namespace Flatnet.Podman.Logs;

/// <summary>What Podman's log drivers mean to somebody who wants to read.</summary>
internal static class LogDrivers
{
    /// <summary>What to do about a driver that keeps nothing.</summary>
    public const string Advice = "Create the container again with: --log-driver k8s-file";

    /// <summary>Whether the driver writes a file that can be read.</summary>
    public static bool WritesFile(string driver)
    {
        // Podman takes json-file for another name of k8s-file.
        return driver is "k8s-file" or "json-file";
    }

    /// <summary>Whether the driver keeps nothing.</summary>
    public static bool KeepsNothing(string driver)
    {
        return driver is "none" or "passthrough" or "passthrough-tty";
    }

    public static EngineException Nothing(string driver, string container)
    {
        return new EngineException(
            EngineFailure.Refused, $"the log driver '{driver}' of container {container} keeps no log", Advice);
    }
}
