using Microsoft.Extensions.Logging;

namespace Flatnet.Cni.Logging;

/// <summary>What the plugin logs: one line for a call that went well, one for a call that did not. Numbers are never reused.</summary>
#pragma warning disable SYSLIB1015 // What the message does not say stands in the line as a field of its own.
internal static partial class CallMessages
{
    [LoggerMessage(1, LogLevel.Information, "{Command} {Network} {Ifname}")]
    public static partial void Served(
        CallLog logger, string command, string network, string ifname, string? addresses, string containerId, string? name, int microseconds);

    [LoggerMessage(2, LogLevel.Warning, "{Command} {Network} {Ifname}, with warnings")]
    public static partial void ServedWithWarnings(
        CallLog logger, string command, string network, string ifname, string? addresses, string containerId, string? name, int microseconds, IReadOnlyList<string> warnings);

    [LoggerMessage(3, LogLevel.Error, "{Command} {Network} {Ifname} failed: {Error}")]
    public static partial void Failed(
        CallLog logger, string command, string network, string ifname, string error, int code, string containerId, string? name, int microseconds, IReadOnlyList<string> warnings);
}
