using System.Collections.Immutable;
using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Setup;

/// <summary>Makes the changes of a plan, all of them or none.</summary>
internal sealed class SetupRun(CommandContext context, SetupJournal journal)
{
    /// <exception cref="CommandException">A step failed; the steps before it were undone.</exception>
    public void Execute(IReadOnlyList<SetupStep> steps)
    {
        ImmutableList<SetupEntry> before = journal.Entries;
        int done = 0;
        try
        {
            for (; done < steps.Count; done++)
            {
                journal.Add(steps[done].Entry);
                steps[done].Apply();
                context.Out.Write(steps[done].Description + "\n");
            }

            // The first entries are of directories that the journal itself needed.
            journal.Replace(journal.Entries);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            List<string> troubles = UndoInReverse(steps.Take(Math.Min(done + 1, steps.Count)), before);
            string advice = error is UnauthorizedAccessException ? "Only root may do that: run it with sudo." : "";
            string outcome = troubles.Count == 0 ? "everything is as it was" : "not undone: " + string.Join("; ", troubles);
            string step = done < steps.Count ? steps[done].Description : "Keep the record of it.";
            throw new CommandException($"{step} That failed: {error.Message} ({outcome})", advice, ExitCodes.Failure, error);
        }
    }

    private List<string> UndoInReverse(IEnumerable<SetupStep> steps, ImmutableList<SetupEntry> before)
    {
        var troubles = new List<string>();
        var undo = new SetupUndo(context.Root, force: false);
        SetupStep[] latestFirst = [.. steps.Reverse()];
        foreach (SetupStep step in latestFirst.Where(step => step.Entry.Kind != SetupEntryKind.Directory))
        {
            Try(() => UndoStep(step, undo), troubles);
        }

        Try(() => journal.Replace(before), troubles);
        foreach (SetupStep step in latestFirst.Where(step => step.Entry.Kind == SetupEntryKind.Directory))
        {
            Try(() => UndoStep(step, undo), troubles);
        }

        return troubles;
    }

    private static void UndoStep(SetupStep step, SetupUndo undo)
    {
        if (step.Restore is { } restore)
        {
            restore();
        }
        else
        {
            undo.Undo(step.Entry);
        }
    }

    private static void Try(Action action, List<string> troubles)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            troubles.Add(error.Message);
        }
    }
}
