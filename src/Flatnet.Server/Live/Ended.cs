using TaskStatus = Flatnet.Server.Storage.TaskStatus;

namespace Flatnet.Server.Live;

/// <summary>Nothing follows: the task is over, or the history that was asked for is.</summary>
internal sealed record Ended(TaskStatus Status, int? ExitCode, long LastSeq) : LiveEvent;
