using System.Globalization;
using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Status;

/// <summary>Shows the report again and again until Ctrl-C.</summary>
internal sealed class StatusWatch(CommandContext context, StatusReader reader, TimeSpan interval, bool json)
{
    private const string ClearScreen = "\e[H\e[2J";

    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            for (bool isFirst = true; ; isFirst = false)
            {
                Show(await reader.ReadAsync(cancellation), isFirst);
                await context.Out.FlushAsync(cancellation);
                await Task.Delay(interval, context.Time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C is how one leaves.
        }
    }

    private void Show(StatusReport report, bool isFirst)
    {
        if (json)
        {
            StatusJson.Write(context.Out, report, isCompact: true);
            return;
        }

        if (context.Terminal.IsOutput)
        {
            context.Out.Write(ClearScreen);
        }
        else if (!isFirst)
        {
            context.Out.Write('\n');
        }

        StatusBox.Write(context.Out, report, context.Terminal.Color);
        if (context.Terminal.IsOutput)
        {
            context.Out.Write(string.Create(CultureInfo.InvariantCulture, $"\nRefreshing every {interval.TotalSeconds:0.###}s. Press Ctrl+C to exit.\n"));
        }
    }
}
