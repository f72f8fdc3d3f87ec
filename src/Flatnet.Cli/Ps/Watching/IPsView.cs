namespace Flatnet.Cli.Ps.Watching;

/// <summary>Where a list is shown that changes.</summary>
internal interface IPsView : IDisposable
{
    public void Show(PsListing listing);

    /// <summary>Tells that listing failed this time; what was shown before is still there.</summary>
    public void ShowProblem(string message);
}
