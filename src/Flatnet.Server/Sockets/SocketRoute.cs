using Flatnet.Logs.Wire;
using Flatnet.Server.Errors;

namespace Flatnet.Server.Sockets;

/// <summary>What a connection's address named.</summary>
/// <param name="TaskId">The task; null where each message names its own.</param>
/// <param name="IsStatusChannel">The statuses of all tasks.</param>
internal sealed record SocketRoute(string? TaskId, bool IsStatusChannel = false)
{
    /// <summary>The task that a message is about.</summary>
    /// <param name="named">The one it names; null if it names none.</param>
    /// <exception cref="ApiException">There is none, or another than the address's.</exception>
    public string TaskOf(string? named) => (TaskId, named) switch
    {
        _ when IsStatusChannel => throw Invalid("This is the channel of statuses; a task's address is /ws/tasks/TASK."),
        ({ } own, null) => own,
        ({ } own, _) => own == named ? own : throw Invalid($"'taskId' must be the address's, '{own}'."),
        (null, null) => throw Invalid("'taskId' is missing."),
        _ => Logs.TaskId.IsValid(named) ? named : throw Invalid($"'taskId' must be 1 to {Logs.TaskId.MaxLength} letters, digits and . _ - :"),
    };

    private static ApiException Invalid(string message) => new(400, ErrorCode.ValidationError, message);
}
