using Flatnet.Server.Storage;

namespace Flatnet.Server.Live;

/// <summary>A task's status was changed.</summary>
internal sealed class PublishedStatus(TaskRecord task) : Publication
{
    public TaskRecord Task { get; } = task;
}
