namespace Flatnet.Cni.Attachments;

/// <summary>What has been done so far and how to undo it, last first. Undoing never stops and never hides the first error.</summary>
internal sealed class Rollback(CallReport report)
{
    private readonly List<(string What, Action Undo)> _steps = [];

    /// <summary>Remembers how to undo a step that has just succeeded.</summary>
    public void Add(string what, Action undo) => _steps.Add((what, undo));

    /// <summary>Undoes every step in reverse order; a step that cannot be undone is reported and passed over.</summary>
    public void Undo()
    {
        for (int i = _steps.Count - 1; i >= 0; i--)
        {
            try
            {
                _steps[i].Undo();
            }
            catch (Exception error)
            {
                report.Warn($"undo of {_steps[i].What} failed: {error.Message}");
            }
        }

        _steps.Clear();
    }
}
