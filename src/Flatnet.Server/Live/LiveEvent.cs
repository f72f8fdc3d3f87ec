namespace Flatnet.Server.Live;

/// <summary>What a viewer is told of a task, in order.</summary>
internal abstract record LiveEvent;
