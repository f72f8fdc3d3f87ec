namespace Flatnet.Server.Ingest;

/// <summary>What waits for the committer.</summary>
internal abstract class WriterRequest;
