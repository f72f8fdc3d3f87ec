using System.Collections.Immutable;

namespace Flatnet.Cli.Doctor;

/// <summary>Runs all checks at once; none can stop or outlast the others.</summary>
/// <param name="context">What the checks look at.</param>
/// <param name="checkLimit">How long one check may take.</param>
/// <param name="totalLimit">How long all of them may take.</param>
internal sealed class CheckRunner(DoctorContext context, TimeSpan checkLimit, TimeSpan totalLimit)
{
    public async Task<ImmutableArray<CheckReport>> RunAsync(IReadOnlyCollection<ICheck> checks, CancellationToken cancellation)
    {
        using var total = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        total.CancelAfter(totalLimit);
        Task<CheckReport>[] running = [.. checks.Select(check => RunAsync(check, total.Token))];
        CheckReport[] reports = await Task.WhenAll(running);
        cancellation.ThrowIfCancellationRequested();
        return [.. reports];
    }

    private async Task<CheckReport> RunAsync(ICheck check, CancellationToken total)
    {
        TimeProvider time = context.Command.Time;
        long start = time.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(total);
        limit.CancelAfter(checkLimit);
        CheckResult result;
        try
        {
            // On a thread of its own, and left behind when it does not listen to the token: a read may hang in the kernel.
            result = await Task.Run(() => check.RunAsync(context, limit.Token), limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            result = CheckResult.Fail(
                $"{check.Name}: no result within {checkLimit.TotalSeconds:0.#} s",
                "Something that it asks hangs; see which with: flatnet doctor --json | jq '.checks[] | select(.duration_ms > 1000)'");
        }
        catch (Exception error)
        {
            result = CheckResult.Fail($"{check.Name}: the check itself failed: {error.Message}", "Please report this with the output of: flatnet doctor --json");
        }

        return new CheckReport(check, result, time.GetElapsedTime(start));
    }
}
