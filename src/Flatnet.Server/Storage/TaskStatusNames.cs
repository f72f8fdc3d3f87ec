namespace Flatnet.Server.Storage;

/// <summary>The wire's names of <see cref="TaskStatus"/>.</summary>
internal static class TaskStatusNames
{
    public static string Name(this TaskStatus status) => status switch
    {
        TaskStatus.Pending => "PENDING",
        TaskStatus.Processing => "PROCESSING",
        TaskStatus.WaitingForInput => "WAITING_FOR_INPUT",
        TaskStatus.Completed => "COMPLETED",
        _ => "FAILED",
    };

    public static bool IsEnd(this TaskStatus status) => status is TaskStatus.Completed or TaskStatus.Failed;

    public static bool TryParse(string? text, out TaskStatus status)
    {
        status = text switch
        {
            "PENDING" => TaskStatus.Pending,
            "PROCESSING" => TaskStatus.Processing,
            "WAITING_FOR_INPUT" => TaskStatus.WaitingForInput,
            "COMPLETED" => TaskStatus.Completed,
            "FAILED" => TaskStatus.Failed,
            _ => 0,
        };
        return status != 0;
    }
}
