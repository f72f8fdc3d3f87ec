using System.Collections.Immutable;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Terminal;
using Flatnet.Loki;
using Flatnet.Podman;

namespace Flatnet.Cli.Logs;

/// <summary>Reads the logs of all targets and prints them.</summary>
internal sealed class LogsRun(CommandContext context, LogServices services, LogsOptions options)
{
    private readonly List<string> _warnings = [];
    private readonly Lock _lock = new();

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var output = new Utf8Output(context.Out);
        try
        {
            return await PrintAsync(output, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (options.Query.Follow && cancellation.IsCancellationRequested)
        {
            output.Flush();
            return ExitCodes.Interrupted;
        }
        catch (EngineException exception)
        {
            output.Flush();
            throw new CommandException(exception.Message, exception.Advice, inner: exception);
        }
        catch (LokiException exception)
        {
            output.Flush();
            throw new CommandException($"Loki: {exception.Message}", AdviceFor(exception.Failure), inner: exception);
        }
    }

    private async Task<int> PrintAsync(Utf8Output output, CancellationToken cancellation)
    {
        await using var engine = new LazyEngine(services.ConnectEngine);
        ImmutableArray<LogTarget> targets = await new TargetResolver(context.Settings, engine).ResolveAsync(options.Targets, cancellation).ConfigureAwait(false);
        var chooser = new SourceChooser(context, services, engine, options, Note);
        var sources = new List<FallbackSource>();
        foreach (LogTarget target in targets)
        {
            sources.Add(await chooser.ChooseAsync(target, cancellation).ConfigureAwait(false));
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        IAsyncEnumerable<LogLine> lines = LineMerge.Merge(
            [.. sources.Select(source => source.ReadAsync(options.Query, ending.Token))], options.Query.Follow, context.Time, ending.Token);
        ILineWriter writer = Writer(output, [.. targets.Select(target => target.Name)]);
        long count = await PrintAsync(lines, writer, output, sources, ending).ConfigureAwait(false);
        if (count == 0 && options.Format is OutputFormat.Text or OutputFormat.Template)
        {
            await context.Error.WriteLineAsync("No logs found.").ConfigureAwait(false);
        }

        return ExitCodes.Success;
    }

    private async Task<long> PrintAsync(
        IAsyncEnumerable<LogLine> lines, ILineWriter writer, Utf8Output output, List<FallbackSource> sources, CancellationTokenSource ending)
    {
        long count = 0;
        bool hasMore = options.Limit is not 0;
        await using (IAsyncEnumerator<LogLine> all = lines.GetAsyncEnumerator(ending.Token))
        {
            while (hasMore)
            {
                ValueTask<bool> next = all.MoveNextAsync();
                hasMore = next.IsCompleted ? await next.ConfigureAwait(false) : await WaitAsync(next.AsTask(), output, ending).ConfigureAwait(false);
                if (hasMore)
                {
                    if (count++ == 0)
                    {
                        Begin(writer, sources);
                    }

                    writer.Write(all.Current);
                    hasMore = count != options.Limit;
                }
            }
        }

        if (count == 0)
        {
            Begin(writer, sources);
        }

        lock (_lock)
        {
            writer.End([.. _warnings]);
        }

        output.Flush();
        return count;
    }

    // Nothing more at hand: whoever watches sees what there is.
    private static async Task<bool> WaitAsync(Task<bool> next, Utf8Output output, CancellationTokenSource ending)
    {
        try
        {
            output.Flush();
        }
        catch
        {
            // Nobody reads any more. Lines can only be disposed of when none is being waited for.
            await ending.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        return await next.ConfigureAwait(false);
    }

    private static void Begin(ILineWriter writer, List<FallbackSource> sources)
    {
        ImmutableArray<string> kinds = [.. sources.Select(source => source.Source).Distinct()];
        writer.Begin(string.Join(',', sources.Select(source => source.Target)), kinds is [var only] ? only : "mixed");
    }

    private ILineWriter Writer(Utf8Output output, ImmutableArray<string> targets) => options.Format switch
    {
        OutputFormat.Json => new JsonLineWriter(output),
        OutputFormat.JsonLines => new JsonLinesLineWriter(output),
        OutputFormat.Raw => new RawLineWriter(output),
        OutputFormat.Template => new TemplateLineWriter(output, context.Terminal, options.Template!),
        _ => new TextLineWriter(output, context.Terminal, options, targets),
    };

    // Sources that are read at the same time may have something to say at the same time.
    private void Note(string text)
    {
        lock (_lock)
        {
            if (options.Format == OutputFormat.Json)
            {
                _warnings.Add(text);
            }
            else
            {
                context.Error.WriteLine(SafeText.For(text, keepColors: false));
            }
        }
    }

    private static string AdviceFor(LokiFailure failure) => failure switch
    {
        LokiFailure.Unauthorized => "Set loki.token, and loki.tenant if Loki has tenants, in the configuration.",
        LokiFailure.TooManyRequests => "Try again later, or ask for less with --since or --tail.",
        LokiFailure.BadQuery => "Check the component's selector in the configuration (logs.components).",
        _ => "",
    };
}
