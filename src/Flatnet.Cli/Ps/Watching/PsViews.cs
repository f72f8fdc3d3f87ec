using Flatnet.Cli.Hosting;
using Flatnet.Cli.Ps.Formats;

namespace Flatnet.Cli.Ps.Watching;

/// <summary>Chooses the view for what standard output is connected to.</summary>
internal static class PsViews
{
    public static IPsView Choose(CommandContext context, IPsFormat format, PsOptions options) =>
        context.Terminal.IsOutput && !options.Json
            ? new ScreenView(context.Out, context.Terminal, format)
            : new BlockView(context.Out, context.Error, format, hasGaps: !options.Json);
}
