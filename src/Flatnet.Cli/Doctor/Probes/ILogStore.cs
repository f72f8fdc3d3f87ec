namespace Flatnet.Cli.Doctor.Probes;

/// <summary>What a check needs to know of Loki.</summary>
internal interface ILogStore
{
    /// <summary>Whether a selector has a line since a moment.</summary>
    /// <exception cref="Flatnet.Loki.LokiException">Loki gave no answer.</exception>
    public Task<bool> HasLineAsync(string selector, DateTimeOffset since, CancellationToken cancellation);
}
