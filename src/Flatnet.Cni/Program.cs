using System.Diagnostics;
using Flatnet.Cni.Attachments;
using Flatnet.Cni.Configuration;
using Flatnet.Cni.FrontEnds;
using Flatnet.Cni.Logging;
using Flatnet.Cni.Protocol;

namespace Flatnet.Cni;

/// <summary>
/// The executable. Its file name decides which plugin it is; this class alone prints errors and picks the exit status, and
/// standard output carries the protocol and nothing else.
/// </summary>
internal static class Program
{
    private const int Success = 0;
    private const int Failure = 1;

    private static int Main()
    {
        long start = Stopwatch.GetTimestamp();
        var report = new CallReport();
        Invocation? invocation = null;
        CniRequest? request = null;
        CniException? error = null;
        ReadOnlyMemory<byte> answer = default;
        IPlugin plugin = Choose(Path.GetFileName(Environment.GetCommandLineArgs()[0]));
        try
        {
            invocation = InvocationReader.Read(Environment.GetEnvironmentVariable);
            switch (invocation.Command)
            {
                case CniCommand.None:
                    return PrintAbout(plugin);
                case CniCommand.Version:
                    return StandardStreams.WriteOutput(ProtocolWriter.Versions) ? Success : Failure;
            }

            request = CniRequestReader.Read(invocation, StandardStreams.ReadInput());
            answer = plugin.Serve(request, report);
        }
        catch (Exception cause)
        {
            error = Failures.From(cause);
            answer = ProtocolWriter.Error(request?.Version ?? CniVersion.Newest, error);
        }

        bool delivered = StandardStreams.WriteOutput(answer.Span);
        foreach (string warning in report.Warnings)
        {
            StandardStreams.WriteTalk($"flatnet: warning: {warning}");
        }

        Log(invocation, request, report, error, (int)Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        return error is null && delivered ? Success : Failure;
    }

    // An administrator may put us in a directory searched earlier, under the name of the plugin we replace.
    private static IPlugin Choose(string fileName) => fileName is "flatnet-ipam" or "host-local" ? new IpamPlugin() : new MainPlugin();

    private static int PrintAbout(IPlugin plugin)
    {
        StandardStreams.WriteTalk($"{plugin.About}, v{typeof(Program).Assembly.GetName().Version!.ToString(3)}");
        StandardStreams.WriteTalk($"CNI protocol versions supported: {string.Join(", ", CniVersion.Supported!)}");
        return Success;
    }

    private static void Log(Invocation? invocation, CniRequest? request, CallReport report, CniException? error, int microseconds)
    {
        var log = new CallLog(request is null ? CallLog.DefaultPath : LogFile.For(request.Source));
        string command = invocation?.CommandText ?? Environment.GetEnvironmentVariable("CNI_COMMAND") ?? "";
        string network = request?.Network ?? "";
        string link = invocation?.InterfaceName ?? "";
        string containerId = invocation?.ContainerId ?? "";
        if (error is not null)
        {
            CallMessages.Failed(log, command, network, link, error.OneLine, error.Code, containerId, report.ContainerName, microseconds, report.Warnings);
        }
        else if (report.Warnings.Count > 0)
        {
            CallMessages.ServedWithWarnings(log, command, network, link, report.Addresses, containerId, report.ContainerName, microseconds, report.Warnings);
        }
        else
        {
            CallMessages.Served(log, command, network, link, report.Addresses, containerId, report.ContainerName, microseconds);
        }
    }
}
